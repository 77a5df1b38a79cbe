using System.Diagnostics;
using System.Text.Json;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>The built tool as a second process, in a project that was built once.</summary>
sealed class BuiltTool : IDisposable
{
    public BuiltTool() => Assert.True(Farm.Build().Succeeded);

    public Farm Farm { get; } = new();

    /// <summary>True: the tool is started by its own program, as the installed tool is. .NET looks for other programs beside that
    /// first.</summary>
    public bool IsProgram { get; init; }

    /// <summary>Variables for the tool.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public void Dispose() => Farm.Dispose();

    public (int Code, string Output, string Error) Run(params string[] arguments) => RunAs([], arguments);

    /// <summary>As a user who may read all and write nothing; root alone can do that.</summary>
    public (int Code, string Output, string Error) RunAsAnother(params string[] arguments)
    {
        Farm.Sh($"chmod a+rx '{Farm.Folder}'");
        return RunAs(["setpriv", "--reuid=65533", "--regid=65533", "--clear-groups", "env", "HOME=/nowhere"], arguments);
    }

    /// <summary>Starts the tool, whose output is read as it comes.</summary>
    public Process Start(params string[] arguments) => StartAs([], arguments);

    (int Code, string Output, string Error) RunAs(string[] prefix, string[] arguments)
    {
        using var process = StartAs(prefix, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    Process StartAs(string[] prefix, string[] arguments)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "lightnix.dll");
        string[] words = [.. prefix, .. IsProgram ? [Path.ChangeExtension(dll, null)] : new[] { "dotnet", "exec", dll }, .. arguments];
        var start = StartInfo(words);
        start.RedirectStandardError = true;
        return Process.Start(start)!;
    }

    ProcessStartInfo StartInfo(string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = Farm.ProjectFolder,
            RedirectStandardOutput = true,
        };
        start.Environment["LIGHTNIX_STORE"] = Farm.StoreFolder;
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return start;
    }

    public JsonElement Json(int code, params string[] arguments)
    {
        var (found, output, error) = Run([.. arguments, "--json"]);
        Assert.True(code == found, $"{found}: {output}{error}");
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>The first result that <c>show</c> names, as 64 digits.</summary>
    public string Realization(string name) => Json(0, "show", name).GetProperty("realizations")[0].GetProperty("realization").GetString()!;

    const string OnTerminal = """
        import fcntl, os, pty, struct, sys, termios
        pid, terminal = pty.fork()
        if pid == 0:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
            os.execvp(sys.argv[2], sys.argv[2:])
        while True:
            try:
                read = os.read(terminal, 4096)
            except OSError:
                break
            if not read:
                break
            os.write(1, read)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """;

    /// <summary>Its output on a pseudo-terminal of Python; null if there is none.</summary>
    public string? Terminal(params string[] arguments) => TerminalOf(80, arguments);

    /// <inheritdoc cref="Terminal"/>
    public string? TerminalOf(int columns, params string[] arguments)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "lightnix.dll");
        var start = StartInfo(["python3", "-c", OnTerminal, $"{columns}", "dotnet", "exec", dll, .. arguments]);
        start.RedirectStandardInput = true;
        start.Environment["TERM"] = Variables.GetValueOrDefault("TERM", "xterm-256color");
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Changes the bytes of records, and their names with them: a digest alone does not find that.</summary>
    public void Forge(string kind, string from, string to)
    {
        var chosen = Json(0, "show", "model");
        var folder = Path.Combine(Farm.StoreFolder, "resolved", chosen.GetProperty("resolved").GetString()!);
        var files = Directory.GetFiles(folder, $"{kind}.*").Where(f => File.ReadAllText(f).Contains(from, StringComparison.Ordinal));
        foreach (var file in files)
        {
            var forged = System.Text.Encoding.UTF8.GetBytes(File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));
            File.Delete(file);
            var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(forged));
            var path = Path.Combine(folder, $"{kind}.{digest}.json");
            File.WriteAllBytes(path, forged);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }
}
