namespace Lightnix.Planning;

/// <summary>What is to be executed, with every placeholder expanded. Paths are relative to the working folder.</summary>
public abstract record Invocation
{
    Invocation() { }

    /// <param name="Text">For the shell, values quoted where they need it.</param>
    /// <param name="Name"><c>sh</c>, <c>bash</c>, <c>cmd</c>, <c>pwsh</c>.</param>
    public sealed record Shell(string Name, string Text) : Invocation;

    /// <param name="Interpreter">As <c>python3</c>; <c>dotnet</c> for a C# file-based app.</param>
    /// <param name="Path">The script, relative to the working folder.</param>
    public sealed record Script(string Interpreter, RelativePath Path, ImmutableArray<string> Arguments) : Invocation;

    /// <summary>A program of the path with its arguments: what a person runs in a stage's working folder.</summary>
    public sealed record Words(ImmutableArray<string> All) : Invocation
    {
        /// <summary>The output of the stage's own program in the store, absolute; null: it has none.</summary>
        public string? ProgramFolder { get; init; }
    }

    /// <param name="Folder">The program's output in the store, absolute.</param>
    /// <param name="Entry">The file in it that <c>dotnet</c> runs.</param>
    public sealed record Program(string Folder, RelativePath Entry, ImmutableArray<string> Arguments) : Invocation;
}

/// <summary>The values of placeholders in one run.</summary>
/// <param name="Counts">For each plural input, by its folder below <c>in/</c>: how many realizations were chosen. Others are not in
/// it.</param>
public sealed record Bindings(int Seed, int Replicate, int Cores, ImmutableSortedDictionary<string, string> Parameters,
    ImmutableSortedDictionary<string, int> Counts);
