namespace Lightnix.Cli;

/// <summary>The one project that a verb without names of stages is about.</summary>
static class OneRoot
{
    const int MostListed = 5;

    /// <exception cref="MistakeException">No project is here, or several are.</exception>
    public static Root Of(CommandContext context)
    {
        var mine = context.Mine();
        if (mine is [var one])
            return one;
        var found = mine.IsEmpty ? context.Roots() : mine;
        if (found is [var only])
            return only;
        throw new MistakeException(found.IsEmpty
            ? $"the store '{context.Store.Folder}' has no project: build one, or name another store with --store"
            : $"{(mine.IsEmpty ? "no project of the current folder was built, and the store has" : "the current folder has")} several: "
                + $"say which with --project, as {Listed.First(MostListed, found.Select(r => $"'{r.Project}'"))}");
    }
}
