using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>A working folder, a log beside it, and builders to try in it.</summary>
public sealed class BuilderBench : IDisposable
{
    readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("lightnix-building-");

    /// <param name="sandboxed">In a sandbox that hides all of this bench but what is declared.</param>
    public BuilderBench(bool sandboxed = false)
    {
        Folder = Directory.CreateDirectory(Path.Combine(_root.FullName, "work")).FullName;
        Out = Directory.CreateDirectory(Path.Combine(Folder, "out")).FullName;
        Builders = new Builders(new(Path.Combine(_root.FullName, "cache")) { Hidden = sandboxed ? [_root.FullName] : null });
    }

    public string Root => _root.FullName;

    public string Folder { get; }

    public string Out { get; }

    public string Cache => Path.Combine(Root, "cache");

    /// <summary>The folder of the only C# script that was compiled. Beside it is one for all scripts that differ in statements.</summary>
    public string CompiledScript => Path.Combine(
        Assert.Single(Directory.GetDirectories(Path.Combine(Cache, "scripts")), d => File.Exists(Path.Combine(d, "done"))), "app");

    public string LogFile => Path.Combine(Root, "log");

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    internal Builders Builders { get; init; }

    public TimeSpan? TimeLimit { get; set; }

    public ImmutableSortedDictionary<string, string> Declared { get; set; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public ImmutableArray<string> Passed { get; set; } = [];

    public ImmutableArray<string> Tools { get; set; } = [];

    public bool Network { get; set; }

    /// <summary>What was said before builders began.</summary>
    public List<string> Notices { get; } = [];

    public IReadOnlyList<(string From, RelativePath At)> Mounts { get; set; } = [];

    public Task<BuildOutcome> Run(Invocation invocation, CancellationToken cancellationToken = default) => Builders.Processes.RunAsync(
        new()
        {
            Recipe = new()
            {
                Invocation = invocation,
                Environment = Declared,
                PassEnvironment = Passed,
                TimeLimit = TimeLimit,
                Network = Network,
                Tools = Tools,
            },
            WorkingFolder = Folder,
            LogFile = LogFile,
            Mounts = Mounts,
            Notice = Notices.Add,
        },
        cancellationToken);

    public Task<BuildOutcome> Sh(string text, CancellationToken cancellationToken = default) =>
        Run(new Invocation.Shell("sh", text), cancellationToken);

    public Task<BuildOutcome> Script(string interpreter, string path, params string[] arguments) =>
        Run(new Invocation.Script(interpreter, RelativePath.Parse(path), [.. arguments]));

    /// <summary>Runs the C# script <c>x.cs</c> by builders with settings of their own.</summary>
    internal Task<BuildOutcome> RunBy(Builders builders, Action<string>? waiting = null, Action? compiling = null) =>
        builders.Processes.RunAsync(
            new()
            {
                Recipe = new()
                {
                    Invocation = new Invocation.Script("dotnet", RelativePath.Parse("x.cs"), []),
                    Environment = Declared,
                },
                WorkingFolder = Folder,
                LogFile = LogFile,
                Waiting = waiting,
                Compiling = compiling,
            },
            CancellationToken.None);

    public void Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void WriteProgram(string path, string text)
    {
        Write(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(Folder, path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Processes of this bench that run: builders by a variable that all of them inherit, compilers by their words.</summary>
    public IEnumerable<string> Alive()
    {
        foreach (var folder in Directory.GetDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
        {
            string environment, command;
            try
            {
                environment = Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, "environ")));
                command = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }
            if (environment.Contains($"HOME={Folder}/.home", StringComparison.Ordinal) || command.Contains(Root, StringComparison.Ordinal)
                || environment.Contains($"BENCH={Root}", StringComparison.Ordinal))
                yield return command;
        }
    }

    public void Dispose()
    {
        Builders.Dispose();
        _root.Delete(recursive: true);
    }
}
