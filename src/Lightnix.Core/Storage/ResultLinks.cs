namespace Lightnix.Storage;

/// <summary>The links in the project's <c>bin</c> folder that point into the current choice.</summary>
public sealed class ResultLinks
{
    /// <param name="folder">The link folder, absolute.</param>
    public ResultLinks(string folder) => throw new NotImplementedException();

    /// <summary>Makes the folder show exactly these trees: a link each, or a folder of links <c>1</c> to <c>n</c>; removes links that Lightnix made for anything else, and touches nothing that it did not make.</summary>
    /// <param name="trees">By stage name: absolute folders of trees; plural ones as a list to number.</param>
    public void Show(IReadOnlyDictionary<string, LinkTarget> trees) => throw new NotImplementedException();

    /// <summary>Removes every link that Lightnix made.</summary>
    public void Clear() => throw new NotImplementedException();
}

/// <summary>What one link shows.</summary>
public sealed record LinkTarget(IReadOnlyList<string> Folders, bool Plural);
