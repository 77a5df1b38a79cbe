namespace Lightnix.House;

/// <summary>The table of the house. The text that explains it to people: docs/design.md.</summary>
static class Table
{
    public const string Core = "src/Lightnix.Core/";

    /// <summary>Rooms that the project file of the core imports for all its files.</summary>
    public static ImmutableArray<string> Imported { get; } = ["Hashing", "Model"];

    /// <summary>Rooms before the whole core, which is the rest of its folder.</summary>
    public static ImmutableArray<Room> Rooms { get; } =
    [
        CoreRoom("Hashing", [], [.. Bans.Impure], "hashes are the same everywhere, so nothing but bytes goes in"),
        CoreRoom("Model", ["Hashing"], [.. Bans.Impure, .. Bans.JsonLibrary, .. Bans.UnorderedSets],
            "values: no IO, clock, environment, chance, and no order that is not in the type"),
        CoreRoom("Contracts", ["Hashing", "Model"], [.. Bans.Impure, .. Bans.JsonLibrary, .. Bans.UnorderedSets],
            "interfaces and their records; other rooms implement them"),
        CoreRoom("Planning", ["Hashing", "Model"], [.. Bans.Impure, .. Bans.JsonLibrary, .. Bans.UnorderedSets],
            "derivations depend on nothing but what is declared; files are read through IContents"),
        CoreRoom("Matching", ["Hashing", "Model", "Contracts"], [.. Bans.Impure, .. Bans.JsonLibrary, .. Bans.UnorderedSets],
            "the same runs give the same choice"),
        CoreRoom("Archives", ["Hashing", "Model"], [.. Bans.Impure, .. Bans.JsonLibrary],
            "what an archive holds is a function of its bytes"),
        CoreRoom("Promises", ["Hashing", "Model", "Contracts", "Archives"], [.. Bans.Impure, .. Bans.JsonLibrary],
            "a verdict is a function of promise and tree; files are read through IResultFiles"),
        CoreRoom("Explaining", ["Hashing", "Model", "Planning", "Matching"], [.. Bans.Impure, .. Bans.JsonLibrary, .. Bans.UnorderedSets],
            "explanations are a function of records"),
        CoreRoom("Storage", ["Hashing", "Model", "Contracts", "Planning", "Promises", "Archives"],
            [.. Bans.Processes, .. Bans.Network, .. Bans.LocalTime, .. Bans.CurrentDirectory, .. Bans.Culture, .. Bans.Console,
                .. Bans.JsonLibrary, .. Bans.MSBuild],
            "it touches files, and nothing else of the world"),
        CoreRoom("Projects", ["Hashing", "Model", "Contracts", "Planning", "Storage"],
            [.. Bans.Processes, .. Bans.Network, .. Bans.LocalTime, .. Bans.CurrentDirectory, .. Bans.Culture, .. Bans.Console,
                .. Bans.JsonLibrary, .. Bans.MSBuild],
            "the working tree's side: sources, links, lock files; it reads stores"),
        CoreRoom("Building", ["Hashing", "Model", "Contracts", "Planning", "Archives"],
            [.. Bans.LocalTime, .. Bans.CurrentDirectory, .. Bans.Culture, .. Bans.Console, .. Bans.JsonLibrary, .. Bans.MSBuild],
            "it runs builders in folders that it is given, and never commits to the store"),
        CoreRoom("Running",
            ["Hashing", "Model", "Contracts", "Planning", "Matching", "Promises", "Explaining", "Storage", "Building"],
            [.. Bans.Processes, .. Bans.Network, .. Bans.Clock, .. Bans.CurrentDirectory, .. Bans.Culture, .. Bans.Console,
                .. Bans.JsonLibrary, .. Bans.MSBuild],
            "one run from its lock to its record; time is passed in"),
        CoreRoom("Realizing",
            ["Hashing", "Model", "Contracts", "Planning", "Matching", "Promises", "Explaining", "Storage", "Building", "Running"],
            [.. Bans.Files, .. Bans.Processes, .. Bans.Network, .. Bans.Clock, .. Bans.CurrentDirectory, .. Bans.Culture, .. Bans.Console,
                .. Bans.JsonLibrary, .. Bans.MSBuild],
            "when and whether, without IO of its own; time is passed in"),
        CoreRoom("Queries", ["Hashing", "Model", "Contracts", "Planning", "Matching", "Promises", "Explaining", "Storage", "Projects",
            "Running", "Realizing"],
            [.. Bans.Files, .. Bans.Processes, .. Bans.Network, .. Bans.Clock, .. Bans.CurrentDirectory, .. Bans.Culture, .. Bans.Console,
                .. Bans.JsonLibrary, .. Bans.MSBuild],
            "they look at stores and projects, and write nothing"),
        CoreRoom("Builds", ["Hashing", "Model", "Contracts", "Planning", "Matching", "Promises", "Storage", "Projects", "Building",
            "Running", "Realizing", "Queries"],
            [.. Bans.Processes, .. Bans.Network, .. Bans.LocalTime, .. Bans.CurrentDirectory, .. Bans.Culture, .. Bans.Console,
                .. Bans.JsonLibrary, .. Bans.MSBuild],
            "one build: it puts rooms together and has no skin"),
        new("Lightnix.Tasks", "src/Lightnix.Tasks/", "Lightnix.Tasks",
            ["Model", "Contracts", "Planning", "Matching", "Promises", "Explaining", "Storage", "Projects", "Building", "Running",
            "Realizing", "Queries", "Builds"],
            [.. Bans.HashFunctions, .. Bans.JsonLibrary, .. Bans.CurrentDirectory, .. Bans.EnvironmentOfProcess, .. Bans.Console,
                .. Bans.LocalTime],
            "a thin skin: MSBuild builds in many folders and environments at once, and what is true without it belongs to the core"),
        new("Lightnix.Cli", "src/Lightnix.Cli/", "Lightnix.Cli",
            ["Hashing", "Model", "Contracts", "Planning", "Matching", "Promises", "Explaining", "Storage", "Projects", "Building",
            "Running", "Realizing", "Queries"],
            [.. Bans.MSBuild, .. Bans.JsonLibrary],
            "a thin skin that knows the console and no MSBuild"),
    ];

    public static ImmutableArray<Allowance> Allowances { get; } =
    [
        new("src/Lightnix.Core/Hashing/JsonReader.cs", "Newtonsoft", "the one file that knows a JSON library"),
        new("src/Lightnix.Core/Hashing/JsonSyntax.cs", "System.Text.Json", "the base library's reader validates; the other one reads"),
        new("src/Lightnix.Core/Model/RealPaths.cs", "Dictionary", "asked for members only, never enumerated"),
        new("src/Lightnix.Core/Model/Records/Tree.cs", "HashSet", "asked for members only, never enumerated"),
        new("src/Lightnix.Core/Model/Seed.cs", "ImmutableHashSet", "asked for members only, never enumerated"),
        new("src/Lightnix.Core/Storage/Store.cs",
            "Path.GetFullPath(path), which starts at the current directory: pass the folder that it starts at",
            "opened with an absolute path: this only takes out '.' and '..'"),
        new("src/Lightnix.Tasks/Reporting/TerminalWidth.cs", "Console", "MSBuild draws on it; only its width is read"),
    ];

    static Room CoreRoom(string name, ImmutableArray<string> mayUse, ImmutableArray<Ban> mayNot, string reason) =>
        new(name, $"{Core}{name}/", $"Lightnix.{name}", mayUse, mayNot, reason);
}
