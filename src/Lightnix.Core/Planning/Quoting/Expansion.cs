namespace Lightnix.Planning;

/// <summary>Puts the values of one run into templates. Paths are relative to the working folder, with <c>/</c>.</summary>
static class Expansion
{
    /// <summary>A command: each value is quoted where its place needs it; several values are words of their own.</summary>
    public static string Command(Template template, string shell, Bindings bindings)
    {
        var reader = ShellText.For(shell);
        var command = new System.Text.StringBuilder();
        foreach (var part in template.Parts)
        {
            if (part is TemplatePart.Literal literal)
            {
                reader.Read(literal.Text);
                command.Append(literal.Text);
            }
            else
            {
                command.AppendJoin(' ', Values(part, bindings).Select(reader.Quote));
                reader.ReadValue();
            }
        }
        return command.ToString();
    }

    /// <summary>Words: an expansion never splits one, and several values repeat the whole word.</summary>
    public static ImmutableArray<string> Words(ImmutableArray<Template> templates, Bindings bindings) =>
        [.. templates.SelectMany(template => Word(template, bindings))];

    public static string Text(Template template, ImmutableSortedDictionary<string, string> parameters) =>
        string.Concat(template.Parts.Select(p => p is TemplatePart.Literal literal ? literal.Text
            : parameters[((TemplatePart.Parameter)p).Name]));

    static IEnumerable<string> Word(Template template, Bindings bindings)
    {
        // A declaration with two plural placeholders in one word was refused, so at most one part has other than one value.
        IEnumerable<string> words = [""];
        foreach (var part in template.Parts)
        {
            var values = part is TemplatePart.Literal literal ? [literal.Text] : Values(part, bindings);
            words = [.. words.SelectMany(word => values.Select(value => word + value))];
        }
        return words;
    }

    static ImmutableArray<string> Values(TemplatePart part, Bindings bindings) => part switch
    {
        TemplatePart.Out => ["out"],
        TemplatePart.Checkpoint => [WorkingFolder.Checkpoint],
        TemplatePart.Seed => [Text(bindings.Seed)],
        TemplatePart.Replicate => [Text(bindings.Replicate)],
        TemplatePart.Cores => [Text(bindings.Cores)],
        TemplatePart.Parameter parameter => [bindings.Parameters[parameter.Name]],
        TemplatePart.Input input =>
            [.. input.At.SelectMany(at => Folders(at, bindings)).Select(folder => input.Path.IsRoot ? folder : $"{folder}/{input.Path}")],
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, null),
    };

    static IEnumerable<string> Folders(string at, Bindings bindings) =>
        bindings.Counts.TryGetValue(at, out var count) ? Enumerable.Range(1, count).Select(n => $"in/{at}/{Text(n)}") : [$"in/{at}"];

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
