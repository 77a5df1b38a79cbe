namespace Lightnix.Model;

/// <summary>The realizations that a project's matchers chose, by reference: a text beside the project that people commit and merge. See
/// docs/lock-file.md.</summary>
/// <param name="Project">The project file's name, without its folder.</param>
/// <param name="Stages">By stage name; of a matrix, every cell.</param>
public sealed record LockFile(string Project, ImmutableSortedDictionary<StageName, LockedStage> Stages)
{
    public const string Format = "lightnix/lock/1";

    /// <summary>Of a lock file with a choice stage, each of whose results has a resolved derivation of its own.</summary>
    public const string SecondFormat = "lightnix/lock/2";

    /// <summary>Name of the file beside the project file.</summary>
    public const string Name = Prefix + Suffix;

    const string Prefix = "lightnix.", Suffix = "lock.json";

    /// <summary>The name of a lock file that is one project's only, as <c>lightnix.data.lock.json</c>.</summary>
    /// <param name="project">The project file's name without its extension.</param>
    public static string NameOf(string project) => $"{Prefix}{project}.{Suffix}";

    /// <summary>True of the names of lock files.</summary>
    public static bool IsName(string name) =>
        name == Name || (name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith("." + Suffix, StringComparison.Ordinal));

    public static LockFile None(string project) => new(project, ImmutableSortedDictionary<StageName, LockedStage>.Empty);

    /// <summary>The text of the file: sorted, one fact in each line, LF, with a final newline. It depends neither on the machine nor on the
    /// time.</summary>
    public string ToText() => IndentedJson.ToText(JsonValue.Object.Empty
        .With("format", Stages.Values.Any(s => s.Choice.IsAmongStages) ? SecondFormat : Format)
        .With("project", Project)
        .With("stages", JsonValue.Object.Of(Stages.Select(s => KeyValuePair.Create(s.Key.ToString(), (JsonValue)s.Value.ToJson())))));

    /// <exception cref="LockFileException">It is no lock file, or one of a version that this Lightnix does not know.</exception>
    public static LockFile Parse(ReadOnlySpan<byte> utf8)
    {
        // Editors on Windows write one.
        if (utf8.StartsWith(ByteOrderMark))
            utf8 = utf8[ByteOrderMark.Length..];
        if (LineOf(utf8, ConflictMarker) is > 0 and var conflict)
            throw new LockFileException("a merge left a conflict in it", conflict, 1);
        if (!JsonReader.TryParseAt(utf8, out var json, out var problem))
            throw new LockFileException(problem.Message, problem.Line, problem.Column);
        if (json is not JsonValue.Object file)
            throw new LockFileException("it should be an object", 1, 1);
        if (Member(utf8, "format", file.Text) is not (Format or SecondFormat) and var other)
            throw new LockFileException($"its format is '{other}', and this Lightnix reads '{Format}' and '{SecondFormat}'",
                LineOfMember(utf8, "format"), 0);
        return new(Member(utf8, "project", file.Text), Read(utf8, Member(utf8, "stages", n => file.Object(n))));
    }

    /// <summary>The line on which a stage begins; 0 where it is not found.</summary>
    public static int LineOf(ReadOnlySpan<byte> utf8, StageName stage) => LineOf(utf8, $"\"{stage}\":");

    // Git writes it at the beginning of a line, so it is in no text that JSON could hold.
    const string ConflictMarker = "<<<<<<<";

    static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    static T Member<T>(ReadOnlySpan<byte> utf8, string name, Func<string, T> read)
    {
        try
        {
            return read(name);
        }
        catch (FormatException e)
        {
            throw new LockFileException(e.Message, LineOfMember(utf8, name), 0);
        }
    }

    // Where it is not found, it is not there, or all is in one line: then the object begins on the first.
    static int LineOfMember(ReadOnlySpan<byte> utf8, string name) => Math.Max(LineOf(utf8, $"\"{name}\":"), 1);

    static ImmutableSortedDictionary<StageName, LockedStage> Read(ReadOnlySpan<byte> utf8, JsonValue.Object stages)
    {
        var read = ImmutableSortedDictionary.CreateBuilder<StageName, LockedStage>();
        foreach (var name in stages.Members.Keys.Order(StringComparer.Ordinal))
        {
            try
            {
                var stage = StageName.Parse(name);
                if (!read.TryAdd(stage, LockedStage.FromJson(stages.Object(name))))
                    throw new FormatException("it is there twice, in upper and lower case");
            }
            catch (FormatException e)
            {
                throw new LockFileException($"stage '{name}': {e.Message}", LineOf(utf8, $"\"{name}\":"), 0);
            }
        }
        return read.ToImmutable();
    }

    static int LineOf(ReadOnlySpan<byte> utf8, string start)
    {
        var (number, wanted) = (0, Encoding.UTF8.GetBytes(start));
        foreach (var line in utf8.Split((byte)'\n'))
        {
            number++;
            if (utf8[line].TrimStart(" \t"u8).StartsWith(wanted))
                return number;
        }
        return 0;
    }
}
