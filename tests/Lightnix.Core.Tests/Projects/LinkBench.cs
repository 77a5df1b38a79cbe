using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>Four results, and a folder for links to them.</summary>
public abstract class LinkBench : IDisposable
{
    private protected LinkBench()
    {
        Links = new(Temp["bin"]);
        Stored = [.. "abcd".Select(c => Temp["store/trees/" + new string(c, 64)])];
        foreach (var tree in Stored)
            Directory.CreateDirectory(tree);
    }

    private protected TempFolder Temp { get; } = new();

    private protected ResultLinks Links { get; }

    /// <summary>The folders of the results.</summary>
    private protected string[] Stored { get; }

    public void Dispose()
    {
        Temp.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Dictionary<string, LinkTarget> Trees(params (string Name, int Tree)[] trees) =>
        trees.ToDictionary(t => t.Name, t => new LinkTarget([Stored[t.Tree]], Plural: false), StringComparer.OrdinalIgnoreCase);

    private protected KeyValuePair<string, LinkTarget> Several(string name, params int[] trees) =>
        new(name, new([.. trees.Select(t => Stored[t])], Plural: true));

    private protected string Shown(string? folder = null) =>
        Sh.Run("find . -type l -printf '%P %l\\n' | LC_ALL=C sort", folder ?? Temp["bin"]);
}
