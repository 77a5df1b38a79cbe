using System.CommandLine;
using Lightnix.Building;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>What every command works with: a store, and the projects that were named.</summary>
sealed class CommandContext : IDisposable
{
    static readonly Option<string?> StoreOption =
        new("--store") { Description = "The store; else LIGHTNIX_STORE, else ~/.lightnix", Recursive = true };

    static readonly Option<string?> ProjectOption =
        new("--project") { Description = "The project whose stages are meant; else those of the current folder", Recursive = true };

    static readonly Option<bool> JsonOption =
        new("--json") { Description = "One JSON value, with the fields of docs/cli.md", Recursive = true };

    static readonly Option<bool> VerboseOption =
        new("--verbose") { Description = "More: complete references and numbers; of builds, what was reused", Recursive = true };

    readonly string? _project;

    CommandContext(Store store, string? project, bool json)
    {
        (Store, _project, IsJson) = (store, project, json);
        Names = new(this);
    }

    public static ImmutableArray<Option> Options { get; } = [StoreOption, ProjectOption, JsonOption, VerboseOption];
    public Store Store { get; }
    public NameLookup Names { get; }
    public bool IsJson { get; }
    public bool HasProject => _project is not null;

    /// <summary>Absolute; null: none is named.</summary>
    public string? NamedProject => _project;


    /// <summary>The folder of the named project, or else the current folder.</summary>
    public string ProjectFolder => _project is null ? Environment.CurrentDirectory
        : Directory.Exists(_project) ? _project : Path.GetDirectoryName(_project)!;

    public DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    /// <param name="makesStore">Where there is no store, one is made.</param>
    public static CommandContext Open(ParseResult parsed, bool makesStore = false)
    {
        var named = Named.In(parsed);
        var usual = Named.FullPath(NotEmpty(Environment.GetEnvironmentVariable("LIGHTNIX_STORE")) ?? "~/.lightnix");
        var folder = named.Store ?? usual;
        // Looking must not make a store.
        if (!makesStore && !File.Exists(Path.Combine(folder, "format")))
            throw new MistakeException($"there is no store in '{folder}': build a project, or name another with --store");
        var user = new StoreOptions
        {
            Abandoned = OrphanedBuilders.End,
            Waiting = Output.Error,
            ToolStore = Path.TrimEndingDirectorySeparator(usual),
        };
        Output.IsVerbose = named.IsVerbose;
        return new(Store.Open(folder, user), named.Project, named.IsJson);
    }

    /// <summary>What the options of all verbs say.</summary>
    /// <param name="Store">Absolute; null: none is named.</param>
    /// <param name="Project">Absolute, a file or a folder; null: none is named.</param>
    public sealed record Named(string? Store, string? Project, bool IsJson, bool IsVerbose)
    {
        public static Named In(ParseResult parsed) => new(
            NotEmpty(parsed.GetValue(StoreOption)) is { } store ? FullPath(store) : null,
            NotEmpty(parsed.GetValue(ProjectOption)) is { } project ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(project)) : null,
            parsed.GetValue(JsonOption), parsed.GetValue(VerboseOption));

        public static string FullPath(string path) =>
            Path.GetFullPath(StorePath.Expand(path, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)));
    }

    static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>True of the named project, or where none is named.</summary>
    public bool IsMeant(string project) => _project is null || project == _project || Path.GetDirectoryName(project) == _project;

    /// <summary>True of the named project, or else of one in the current folder.</summary>
    public bool IsHere(string project) =>
        _project is null ? Path.GetDirectoryName(project) == Environment.CurrentDirectory : IsMeant(project);

    /// <summary>Roots of the named project, or else of the projects in the current folder.</summary>
    public ImmutableArray<Root> Mine()
    {
        return [.. Roots().Where(r => IsHere(r.Project))];
    }

    /// <summary>Roots of the named project, or else all readable roots.</summary>
    /// <exception cref="MistakeException">The store has no root of the named project.</exception>
    public ImmutableArray<Root> Roots()
    {
        var all = Store.Roots.All();
        var readable = all.Select(r => r.Root).OfType<Root>();
        if (_project is null)
            return [.. readable];
        ImmutableArray<Root> mine = [.. readable.Where(r => IsMeant(r.Project))];
        if (!mine.IsEmpty)
            return mine;
        var unreadable = all.Any(r => r.Root is null) ? $" (some roots cannot be read: {Store.Tool.Of("verify")})" : "";
        throw new MistakeException(
            $"the store '{Store.Folder}' has no root of '{_project}': build the project, "
            + $"or name one that '{Store.Tool.Of("ls")}' lists{unreadable}");
    }

    public void Dispose() => Store.Dispose();
}
