using System.Diagnostics;
using Lightnix.Explaining;

namespace Lightnix.Cli;

/// <summary>What a build of the project would do now, as MSBuild evaluates it: <c>dotnet build -t:LightnixPlan</c>.</summary>
static class PresentPlan
{
    /// <summary>Null where the project cannot be evaluated or has mistakes; MSBuild has reported them on standard error.</summary>
    /// <param name="stages">Names or patterns; empty: all.</param>
    public static ImmutableArray<StageReason>? Ask(string project, string store, string stages)
    {
        if (!File.Exists(project))
            return null;
        var result = Path.Combine(Path.GetTempPath(), $"lightnix-plan-{Path.GetRandomFileName()}.json");
        try
        {
            string[] words =
            [
                "build", project, "-nologo", "-v:q", "-tl:off", "-t:LightnixPlan", AdoptCommand.Property("Stages", stages),
                AdoptCommand.Property("Store", store), $"-getItem:{PlanReading.Item}", $"-getResultOutputFile:{result}",
            ];
            return Run(words) && File.Exists(result) ? PlanReading.Read(result) : null;
        }
        finally
        {
            File.Delete(result);
        }
    }

    // Standard output is for the answer.
    static bool Run(IEnumerable<string> words)
    {
        var start = new ProcessStartInfo("dotnet", words) { UseShellExecute = false, RedirectStandardOutput = true };
        using var build = Process.Start(start)!;
        var said = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        if (build.ExitCode != 0)
            Console.Error.WriteLine(Visible.Lines(said.Trim()));
        return build.ExitCode == 0;
    }
}
