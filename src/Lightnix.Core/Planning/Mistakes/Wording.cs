namespace Lightnix.Planning;

/// <summary>How messages of the catalogue list, name and suggest things.</summary>
public static class Wording
{
    /// <summary>A list has at most this many names.</summary>
    internal const int MostListed = 20;

    /// <summary><c>a, b or c</c></summary>
    internal static string Or(IEnumerable<string> words) => List(words, "or");

    /// <summary>At the end of a message.</summary>
    public static string Guess(string? nearest) => nearest is null ? "" : $". Did you mean '{nearest}'?";

    // Before another sentence.
    internal static string Ask(string? nearest) => nearest is null ? "." : Guess(nearest);

    internal static string And(IEnumerable<string> words) => List(words, "and");

    internal static string List(IEnumerable<string> words, string last)
    {
        var some = words.Take(MostListed + 1).ToList();
        if (some.Count > MostListed)
            some[^1] = "more";
        return some.Count < 2 ? string.Concat(some) : $"{string.Join(", ", some.Take(some.Count - 1))} {last} {some[^1]}";
    }

    internal static string PromisesOf(StageName stage, string path, IEnumerable<RelativePath> promises)
    {
        var paths = promises.Select(p => p.ToString()).Distinct(StringComparer.Ordinal).ToList();
        var nearest = path.Length == 0 ? null : Spelling.Nearest(path, paths);
        return paths.Count == 0
            ? $"It promises nothing; add <Promise Include=\"{(path.Length == 0 ? "…" : path)}\" Stage=\"{stage.Own}\" "
                + $"/>{(stage.Project is null ? "" : " there")}"
            : $"It promises {And(paths)}{Guess(nearest)}{(nearest is null ? $"; add a <Promise> for '{path}' if it makes it" : "")}";
    }

    internal static string Explain(CellFault fault) => fault.Known.IsEmpty
        ? $"the stage has no Matrix, so '{fault.Text}' is not in it"
        : $"the matrix has no '{fault.Text}'; it has {And(fault.Known)}{Guess(Spelling.Nearest(fault.Text, fault.Known))}";

    internal static string Describe(BuilderKinds kind) => Schema.Builders.FirstOrDefault(b => b.Kind == kind)?.Description ?? "a stage";

    public static string Subject(DeclaredItem item) => item.Kind == ItemKind.Matcher
        ? $"matcher of '{item.Include}'"
        : $"{item.Kind.ToString().ToLowerInvariant()} '{item.Include}'";

    /// <summary>A reference to a stage as it stands in a metadatum: bare, or as a placeholder.</summary>
    internal static string Written(string metadata, string text) => metadata is Names.Inputs or Names.From ? text : $"@{{{text}}}";

    internal static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";

    internal static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
