using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>What the last build of each project chose.</summary>
public sealed class RootStore
{
    /// <summary>The root of a project; <see cref="Root.None"/> where there is none, or where it cannot be read.</summary>
    public Root Read(string project) => throw new NotImplementedException();

    /// <summary>Replaces the root; does not touch the file when nothing changed.</summary>
    public void Write(Root root) => throw new NotImplementedException();
}
