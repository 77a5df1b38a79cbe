using System.Runtime.InteropServices;

namespace Lightnix.Building;

/// <summary>Starts a process with <c>posix_spawn</c>: a session leader with default signals, both outputs in one pipe.</summary>
static unsafe class PosixSpawn
{
    /// <param name="log">The pipe for the output; null: the log file itself, which is a device.</param>
    /// <param name="handles">Descriptors 3, 4 and so on, before those that are given.</param>
    /// <returns>The process id, which is also that of the session.</returns>
    /// <exception cref="StartException">The system refused, and why.</exception>
    public static int Start(ProcessCommand command, SafeHandle? log, IEnumerable<SafeHandle>? handles = null)
    {
        if (Libc.AddChangeFolder == null)
            command = ThroughShell(command);
        RefuseNul(command.Words.Append(command.File).Concat(command.Environment.Keys).Concat(command.Environment.Values));
        using var texts = new NativeTexts();
        using var given = new GivenFiles(handles ?? [], command.Given);
        var actions = stackalloc byte[Libc.Room];
        var attributes = stackalloc byte[Libc.Room];
        Check(Libc.InitActions(actions));
        Check(Libc.InitAttributes(attributes));
        try
        {
            Redirect(actions, command, log, given, texts);
            FreshSignals(attributes, command.IsOnTerminal ? 0 : Libc.SetSession);
            var words = texts.Of([command.Name, .. command.Words]);
            var environment = texts.Of([.. command.Environment.Select(v => $"{v.Key}={v.Value}")]);
            var error = Libc.Spawn(out var process, texts.Of(command.File), actions, attributes, words, environment);
            return error == 0 ? process
                : throw new StartException($"'{command.Name}' cannot be started: {Marshal.GetPInvokeErrorMessage(error)}");
        }
        finally
        {
            _ = Libc.DestroyAttributes(attributes);
            _ = Libc.DestroyActions(actions);
        }
    }

    /// <summary>The system would end each text at its first NUL.</summary>
    /// <exception cref="StartException">A text has a NUL.</exception>
    public static void RefuseNul(IEnumerable<string> texts)
    {
        if (texts.Any(t => t.Contains('\0', StringComparison.Ordinal)))
            throw new StartException("an argument or a variable holds a NUL character");
    }

    static void Redirect(void* actions, ProcessCommand command, SafeHandle? log, GivenFiles given, NativeTexts texts)
    {
        if (!command.IsOnTerminal)
            RedirectStreams(actions, command, log, texts);
        var next = 3;
        foreach (var descriptor in given.Descriptors)
            Check(Libc.AddDuplicate(actions, descriptor, next++));
        // Files that this process inherited (a CI's lock, a shell's coprocess) are closed for the builder.
        if (Libc.AddCloseFrom != null)
            Check(Libc.AddCloseFrom(actions, next));
        if (Libc.AddChangeFolder != null)
            Check(Libc.AddChangeFolder(actions, texts.Of(command.Folder)));
    }

    static void RedirectStreams(void* actions, ProcessCommand command, SafeHandle? log, NativeTexts texts)
    {
        const int append = Libc.OpenWrite;
        Check(command.Input is { } input ? Libc.AddDuplicate(actions, (int)input.DangerousGetHandle(), 0)
            : Libc.AddOpen(actions, 0, texts.Of("/dev/null"), 0, 0));
        Check(log is null ? Libc.AddOpen(actions, 1, texts.Of(command.LogFile), append | Libc.OpenAppend, 0)
            : Libc.AddDuplicate(actions, (int)log.DangerousGetHandle(), 1));
        Check(command.ErrorFile is { } errors ? Libc.AddOpen(actions, 2, texts.Of(errors), append | Libc.OpenAppend, 0)
            : Libc.AddDuplicate(actions, 1, 2));
    }

    static void FreshSignals(void* attributes, int session)
    {
        var signals = stackalloc byte[Libc.Room];
        // .NET ignores SIGPIPE, and a child would inherit that: `yes | head -1` would report an error.
        Check(Libc.AllSignals(signals));
        Check(Libc.SetDefaults(attributes, signals));
        Check(Libc.NoSignals(signals));
        Check(Libc.SetMask(attributes, signals));
        Check(Libc.SetFlags(attributes, (short)(session | Libc.SetDefaultSignals | Libc.SetSignalMask)));
    }

    /// <summary>A shell sets the folder where the C library cannot, and becomes the program.</summary>
    internal static ProcessCommand ThroughShell(ProcessCommand command) => command with
    {
        File = "/bin/sh",
        Words = [.. ImmutableArray.Create("-c", "cd -- \"$0\" && exec \"$@\"", command.Folder, command.File), .. command.Words],
    };

    static void Check(int error)
    {
        if (error != 0)
            throw new StartException(Marshal.GetPInvokeErrorMessage(error));
    }
}
