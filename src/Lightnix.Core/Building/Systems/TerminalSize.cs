namespace Lightnix.Building;

/// <summary>How many columns and rows a terminal has.</summary>
public static class TerminalSize
{
    const int UsualRows = 24;
    const nuint OnLinux = 0x5413;
    const nuint OnMacOS = 0x40087468;

    /// <summary>True where terminals have no descriptors.</summary>
    public static bool IsOfWindows => OperatingSystem.IsWindows();

    /// <summary>Of standard output; null where that is no terminal, has no size, or is one of Windows. .NET's own look initialises the
    /// terminal, which writes to it.</summary>
    public static (int Columns, int Rows)? Now()
    {
        if (OperatingSystem.IsWindows())
            return null;
        Libc.WindowSize size = default;
        return Libc.Control(1, OperatingSystem.IsMacOS() ? OnMacOS : OnLinux, ref size) == 0 && size.Columns > 0
            ? (size.Columns, size.Rows > 0 ? size.Rows : UsualRows) : null;
    }
}
