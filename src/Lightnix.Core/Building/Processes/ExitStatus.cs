namespace Lightnix.Building;

/// <summary>How a process ended.</summary>
/// <param name="Code">The exit code; 128 and the signal's number, as shells report it, when a signal ended the process.</param>
/// <param name="Signal">The signal that ended it.</param>
readonly record struct ExitStatus(int Code, int? Signal = null)
{
    const int Sigkill = 9;

    /// <summary>The exit code is lost: this build's parent ignores SIGCHLD, or the process cannot be ended.</summary>
    public static ExitStatus Unknown { get; } = new(-1);

    public bool Succeeded => Code == 0;

    /// <summary>Reads a status of <c>waitpid</c>: the low seven bits are the signal, the second byte is the exit code.</summary>
    public static ExitStatus FromWait(int status) =>
        (status & 0x7f) is var signal and not 0 ? new(128 + signal, signal) : new((status >> 8) & 0xff);

    /// <summary>As <c>exit code 1</c>.</summary>
    public override string ToString() => this switch
    {
        { Code: -1, Signal: null } => "its exit code is lost: does whatever started this build ignore SIGCHLD?",
        { Signal: Sigkill } => "ended by signal 9, SIGKILL, which is often the system's answer to a lack of memory",
        { Signal: { } signal } => string.Create(CultureInfo.InvariantCulture, $"ended by signal {signal}{Named(signal)}"),
        { Code: 128 + Sigkill } => "exit code 137 (ended by signal 9, SIGKILL, which is often the system's answer to a lack of memory)",
        { Code: > 128 and < 160 } =>
            string.Create(CultureInfo.InvariantCulture, $"exit code {Code} (ended by signal {Code - 128}{Named(Code - 128)})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"exit code {Code}"),
    };

    static string Named(int signal) => signal switch
    {
        1 => ", SIGHUP",
        2 => ", SIGINT",
        3 => ", SIGQUIT",
        4 => ", SIGILL",
        5 => ", SIGTRAP",
        6 => ", SIGABRT",
        7 => ", SIGBUS",
        8 => ", SIGFPE",
        Sigkill => ", SIGKILL",
        11 => ", SIGSEGV",
        13 => ", SIGPIPE",
        15 => ", SIGTERM",
        24 => ", SIGXCPU (a limit on processor time, ulimit -t)",
        25 => ", SIGXFSZ (a limit on the size of files, ulimit -f)",
        31 => ", SIGSYS (a system call that is not allowed)",
        _ => "",
    };
}
