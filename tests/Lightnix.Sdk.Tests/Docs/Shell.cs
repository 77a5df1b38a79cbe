using System.Diagnostics;

namespace Lightnix.Sdk;

/// <summary>A bash that runs one command after the other, with the environment of a playground's builds.</summary>
sealed class Shell : IDisposable
{
    // Before it in a line: the end of a command's output. After it: the current folder.
    const string Mark = "--- shell of a page: ";

    readonly Process _process;

    public Shell(Playground playground, string folder)
    {
        var start = playground.StartInfo("--noprofile", "--norc");
        (start.FileName, start.WorkingDirectory) = ("bash", folder);
        _process = Process.Start(start)!;
        Folder = folder;
        _process.StandardInput.NewLine = "\n";
        _process.StandardInput.WriteLine("exec 2>&1");
    }

    public string Folder { get; private set; }

    /// <summary>What the command printed, to both of its outputs.</summary>
    public string Run(string command)
    {
        _process.StandardInput.WriteLine($"{{ {command}\n}} < /dev/null\necho \"{Mark}$PWD\"");
        _process.StandardInput.Flush();
        var output = new StringBuilder();
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            var end = line.IndexOf(Mark, StringComparison.Ordinal);
            if (end < 0)
            {
                output.Append(line).Append('\n');
                continue;
            }
            Folder = line[(end + Mark.Length)..];
            return output.Append(line, 0, end).Append(end > 0 ? "\n" : "").ToString();
        }
        throw new InvalidOperationException($"the shell ended in '{command}':\n{output}");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
