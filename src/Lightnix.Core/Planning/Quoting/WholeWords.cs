namespace Lightnix.Planning;

/// <summary>A placeholder that may mean several folders must be a whole word of a command; in arguments it repeats its word, so a word can
/// hold one.</summary>
static class WholeWords
{
    public static void Check(StageDraft draft, Template template, Findings findings)
    {
        var plurals = template.Parts.OfType<TemplatePart.Input>().Where(i => i.IsPlural).ToList();
        if (plurals.Count == 0)
            return;
        if (draft.Builder is not CommandDraft command)
        {
            if (plurals.Count > 1)
                findings.Add(DeclarationErrors.SeveralPlurals(draft.Item, Names.Arguments, plurals.Select(p => p.Written)));
            return;
        }
        var shell = ShellText.For(command.Shell ?? Shells.Default);
        for (var i = 0; i < template.Parts.Length; i++)
        {
            if (template.Parts[i] is TemplatePart.Literal literal)
            {
                shell.Read(literal.Text);
                continue;
            }
            var startsWord = shell.IsAtWordStart;
            shell.ReadValue();
            if (template.Parts[i] is TemplatePart.Input { IsPlural: true } plural && !(startsWord && EndsWord(shell, template, i + 1)))
                findings.Add(DeclarationErrors.NotAWholeWord(draft.Item, Names.Command, plural.Written));
        }
    }

    /// <summary>The value of a variable is one text.</summary>
    public static void CheckVariable(StageDraft draft, Template template, Findings findings)
    {
        foreach (var plural in template.Parts.OfType<TemplatePart.Input>().Where(i => i.IsPlural))
            findings.Add(DeclarationErrors.PluralInVariable(draft.Item, plural.Written));
    }

    static bool EndsWord(ShellText shell, Template template, int next) =>
        next == template.Parts.Length || (template.Parts[next] is TemplatePart.Literal literal && shell.EndsWord(literal.Text[0]));
}
