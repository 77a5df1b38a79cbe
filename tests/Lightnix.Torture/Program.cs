namespace Lightnix.Torture;

/// <summary><c>./build torture</c>: every trial for a while, a table of tries and losses, and 1 for any loss.</summary>
static class Program
{
    // The runner of tests has an entry point of its own.
    static int Main(string[] words) => words is ["work", .. var work] ? Work.Run(work) : Trials.Run(words);
}
