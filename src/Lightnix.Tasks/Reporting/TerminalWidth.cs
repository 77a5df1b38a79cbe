namespace Lightnix.Tasks;

/// <summary>The width of the terminal that MSBuild draws on.</summary>
static class TerminalWidth
{
    const int Least = 20, Most = 120, Usual = 80;

    /// <summary>At most 120, as the terminal logger uses no more. What asks elsewhere, as in a worker process, gets 80.</summary>
    public static int Columns()
    {
        try
        {
            return Of(Console.WindowWidth);
        }
        catch (IOException)
        {
            return Usual;
        }
    }

    /// <param name="window">0 or less: not known.</param>
    internal static int Of(int window) => window <= 0 ? Usual : Math.Clamp(window, Least, Most);
}
