using System.Text.RegularExpressions;

namespace Lightnix.House;

/// <summary>The rules, each a function from files to what violates it.</summary>
static partial class Rules
{
    [GeneratedRegex(@"#pragma\s+warning\s+disable\b[^/\r\n]*(?<reason>//\s*\S.*)?")]
    private static partial Regex Pragma { get; }

    [GeneratedRegex(@"<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex XmlComment { get; }

    [GeneratedRegex(
        @"\$\(\[(?<type>[\w.]+)\]::(?<function>\w+)|\$\([\w]+\.(?<function>\w+)\("
        + @"|(?<inline>CodeTaskFactory|RoslynCodeTaskFactory|<Code\b)")]
    private static partial Regex MSBuildFunction { get; }

    /// <summary>
    /// Property functions of paths, versions and platforms, and simple questions about a text. Everything else is a task's work.
    /// </summary>
    static readonly ImmutableSortedSet<string> Functions = ImmutableSortedSet.Create(StringComparer.Ordinal,
        "GetPathOfFileAbove", "GetDirectoryNameOfFileAbove", "NormalizePath", "NormalizeDirectory", "EnsureTrailingSlash", "MakeRelative",
            "Combine",
        "VersionEquals", "VersionGreaterThan", "VersionGreaterThanOrEquals", "VersionLessThan", "VersionLessThanOrEquals", "IsOSPlatform",
            "ProcessArchitecture", "IsTargetFrameworkCompatible",
        // A static graph evaluates and runs no task: docs/decisions/programs.md.
        "GetEnvironmentVariables",
        "AreFeaturesEnabled", "ValueOrDefault", "StartsWith", "EndsWith", "Contains");

    /// <summary>What the table says of each room.</summary>
    public static IEnumerable<Violation> RoomsKeepToThemselves(ImmutableArray<CodeFile> files)
    {
        var types = files.Where(f => f.Room is not null)
            .ToLookup(f => f.Room!.Namespace, f => f.TopLevelTypes().ToArray(), StringComparer.Ordinal);
        return files.Where(f => f.Room is not null && f.Name.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(file =>
            Named(file).Concat(
                OtherRooms(file, (room, type) => types[$"Lightnix.{room}"].Any(t => t.Contains(type, StringComparer.Ordinal)))));
    }

    /// <summary>Only the hashing room names a JSON library, and in one file only.</summary>
    public static IEnumerable<Violation> OneFileKnowsAJsonLibrary(ImmutableArray<CodeFile> files) =>
        files.Where(f => f.Room?.Name == "Hashing")
            .SelectMany(f => Found(f, Bans.JsonLibrary, "one file knows a JSON library: Hashing/JsonReader.cs"));

    /// <summary>File name = type name, and the namespace is the room's.</summary>
    public static IEnumerable<Violation> AFileIsNamedAfterItsType(ImmutableArray<CodeFile> files)
    {
        foreach (var file in files.Where(f => f.Room is not null && f.Name.EndsWith(".cs", StringComparison.Ordinal)))
        {
            var types = file.TopLevelTypes().ToArray();
            if (types.Length > 0 && !types.Contains(file.Name.Split('.')[0], StringComparer.Ordinal))
                yield return new(file.Path, 1,
                    $"it declares {string.Join(", ", types)}: a file is named after its main type, so that it can be found");
            if (file.Namespace() is { } name && name != file.Room!.Namespace
                && !name.StartsWith(file.Room.Namespace + ".", StringComparison.Ordinal))
                yield return new(file.Path, 1, $"its namespace is {name}, not {file.Room.Namespace}: the rules of a room go by its folder");
        }
    }

    /// <summary>A suppression carries its reason on the spot: in the same line, or as a comment above it and its like.</summary>
    public static IEnumerable<Violation> SuppressionsHaveReasons(ImmutableArray<CodeFile> files)
    {
        foreach (var file in files)
        {
            var lines = file.Lines;
            for (var i = 0; i < lines.Length; i++)
            {
                var above = i - 1;
                while (above >= 0 && Suppresses(file, lines[above]))
                    above--;
                if (Suppresses(file, lines[i]) && !(above >= 0 && IsComment(lines[above].Trim())))
                    yield return new(file.Path, i + 1, $"'{lines[i].Trim()}' has no reason: write it in the line before");
            }
            foreach (var token in Unjustified(file))
                yield return new(file.Path, token.Line, $"{token.Text} has no Justification");
        }
    }

    /// <summary>The text of the SDK says what is wanted; what computes is a task.</summary>
    public static IEnumerable<Violation> MSBuildTextDoesNotCompute(ImmutableArray<CodeFile> files) =>
        from file in files
        where file.Path.StartsWith("sdk/", StringComparison.Ordinal)
        let text = XmlComment.Replace(file.Text, comment => new string('\n', comment.Value.Count(c => c == '\n')))
        from match in MSBuildFunction.Matches(text)
        where match.Groups["inline"].Success || !Functions.Contains(match.Groups["function"].Value)
        select new Violation(file.Path, text.AsSpan(0, match.Index).Count('\n') + 1,
            $"'{match.Value}': property functions that compute, and inline tasks, belong into Lightnix.Tasks, where they can be tested");

    static IEnumerable<Violation> Named(CodeFile file) => Found(file, file.Room!.MayNot, $"not in {file.Room.Name}: {file.Room.Reason}");

    static IEnumerable<Violation> Found(CodeFile file, ImmutableArray<Ban> bans, string reason) =>
        from i in Enumerable.Range(0, file.Tokens.Length)
        where file.Tokens[i].IsName
        from ban in bans
        where ban.Finds(file.Tokens, i) && !Table.Allowances.Any(a => a.File == file.Path && a.What == ban.What)
        select new Violation(file.Path, file.Tokens[i].Line, $"{ban.What}: {reason}");

    /// <summary>
    /// Other rooms that a file names: as <c>Lightnix.Storage</c>, or, as C# allows inside of <c>Lightnix</c>, as <c>Storage.Store</c>;
    /// a type of a room that is imported everywhere also by its name alone.
    /// </summary>
    static IEnumerable<Violation> OtherRooms(CodeFile file, Func<string, string, bool> isTypeOf)
    {
        var tokens = file.Tokens;
        foreach (var other in Table.Rooms.Select(r => r.Name)
            .Where(n => n != file.Room!.Name && !file.Room.MayUse.Contains(n, StringComparer.Ordinal)))
        {
            var isImported = file.Path.StartsWith(Table.Core, StringComparison.Ordinal)
                && Table.Imported.Contains(other, StringComparer.Ordinal);
            for (var i = 0; i < tokens.Length; i++)
            {
                var isNamed = tokens[i].Text == other
                    && (Ban.At(tokens, i - 1) == "." ? Ban.At(tokens, i - 2) == "Lightnix"
                        : Ban.At(tokens, i + 1) == "." && isTypeOf(other, Ban.At(tokens, i + 2)));
                if (isNamed || (isImported && Ban.At(tokens, i - 1) != "." && isTypeOf(other, tokens[i].Text)))
                    yield return new(file.Path, tokens[i].Line,
                        $"the room {other} may not be used in {file.Room!.Name}: {file.Room.Reason}");
            }
        }
    }

    static bool Suppresses(CodeFile file, string line) => file.Name switch
    {
        ".editorconfig" => line.Contains(".severity = none", StringComparison.Ordinal),
        var n when n.EndsWith(".cs", StringComparison.Ordinal) =>
            line.TrimStart().StartsWith('#') && Pragma.Match(line) is { Success: true } pragma && !pragma.Groups["reason"].Success,
        _ => line.Contains("<NoWarn>", StringComparison.Ordinal) || line.Contains("NoWarn=", StringComparison.Ordinal),
    };

    static bool IsComment(string line) =>
        line.StartsWith("//", StringComparison.Ordinal) || line.StartsWith('#') || line.EndsWith("-->", StringComparison.Ordinal);

    static IEnumerable<Token> Unjustified(CodeFile file)
    {
        if (!file.Name.EndsWith(".cs", StringComparison.Ordinal))
            yield break;
        for (var i = 0; i < file.Tokens.Length; i++)
        {
            if (file.Tokens[i].Text is "SuppressMessage" or "UnconditionalSuppressMessage" && Ban.At(file.Tokens, i + 1) == "("
                && !file.Tokens.Skip(i).TakeWhile(t => t.Text != "]").Any(t => t.Text == "Justification"))
                yield return file.Tokens[i];
        }
    }
}
