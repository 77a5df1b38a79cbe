namespace Lightnix.Tasks;

/// <summary>The width of the terminal that MSBuild draws on.</summary>
static class TerminalWidth
{
    const int Least = 80, Most = 120;

    /// <summary>Between 80 and 120: the terminal logger uses no more, and what asks elsewhere, as in a worker process, gets 80.</summary>
    public static int Columns()
    {
        try
        {
            return Math.Clamp(Console.WindowWidth, Least, Most);
        }
        catch (IOException)
        {
            return Least;
        }
    }
}
