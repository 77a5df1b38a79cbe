namespace Lightnix.Benchmarks;

/// <summary>A tool, with a project of a number of trivial stages in a folder of its own.</summary>
interface IContestant
{
    string Name { get; }

    string Folder { get; }

    IReadOnlyList<string> Command { get; }

    /// <summary>Goes back to before the first build.</summary>
    void Forget();
}
