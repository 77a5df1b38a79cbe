namespace Lightnix.Building;

/// <summary>Where builders work, and what they may see.</summary>
/// <param name="CacheFolder">Absolute, made when it is needed. Its contents may be deleted at any time.</param>
sealed record BuilderSettings(string CacheFolder)
{
    /// <summary>The <c>dotnet</c> that runs programs and compiles scripts; null: the one that runs this build.</summary>
    public string? Dotnet { get; init; }

    /// <summary>The environment of the build; null: of this process.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>The first folder in which a <c>nuget.config</c> for C# scripts is searched; null: only the user's own counts.</summary>
    public string? ProjectFolder { get; init; }

    /// <summary>Folders that the sandbox does not show, beside the project and the user's home; null: no sandbox.</summary>
    public IEnumerable<string>? Hidden { get; init; }

    /// <summary>Folders that builders wrote (the store). No program in them runs outside of a sandbox.</summary>
    public IEnumerable<string> Built { get; init; } = [];

    /// <summary>Locks what is made in the cache; null: no other process uses it.</summary>
    public TakeLock? Take { get; init; }

    /// <summary>Receives the digest of each entry of the cache that is used.</summary>
    public Action<Digest>? Keep { get; init; }
}
