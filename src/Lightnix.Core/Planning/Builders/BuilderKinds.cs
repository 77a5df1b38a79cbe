namespace Lightnix.Planning;

/// <summary>The kinds of builder, as a set: what a metadatum goes with.</summary>
[Flags]
enum BuilderKinds
{
    /// <summary>Unknown.</summary>
    None = 0,

    /// <summary>A shell command.</summary>
    Command = 1,

    /// <summary>A script and its interpreter.</summary>
    Script = 2,

    /// <summary>A .NET program that MSBuild builds first.</summary>
    Program = 4,

    /// <summary>A file from a URL.</summary>
    Download = 8,

    /// <summary>A file or folder of the working tree.</summary>
    Import = 16,

    /// <summary>A choice among the results of other stages.</summary>
    Choice = 32,

    /// <summary>Those that run a process.</summary>
    Running = Command | Script | Program,

    /// <summary>Those that are given arguments.</summary>
    WithArguments = Script | Program,

    /// <summary>Those that reach out, or may.</summary>
    Reaching = Running | Download,

    /// <summary>Those that make a result of their own.</summary>
    Making = Running | Download | Import,

    /// <summary>Every one.</summary>
    Any = Making | Choice,
}
