using System.Collections.Immutable;
using System.Globalization;
using Lightnix.Model;
using Lightnix.Queries;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Shows tested promises as test runners show tests: a line each with its place, then the counts.</summary>
/// <remarks>
/// The terminal logger shows no message of a task, but it knows that of the counts: from a project that has run a target called
/// <c>_TestRunStart</c> it adds them to the summary of all tests. Other loggers print the text.
/// </remarks>
sealed class PromiseReport(IBuildEngine engine)
{
    const string Counts = "TLTESTFINISH";

    public void Show(string project, ImmutableArray<TestedPromise> tested, Func<DeclaredItem, Place> placeOf)
    {
        foreach (var promise in tested)
        {
            var place = placeOf(promise.Promise.Item);
            engine.LogMessageEvent(new(Visible.Lines($"{Path.GetFileName(place.File)}({place.Line},{place.Column}): promise '{promise.Promise.Path}' of '{promise.Stage.Name}' {Verdict(promise)}"), null, nameof(TestPromises), MessageImportance.High));
        }
        var kept = tested.Count(t => t.IsKept);
        engine.LogMessageEvent(new ExtendedBuildMessageEventArgs(Counts, $"{project}: {(tested.Length == 1 ? "1 promise" : $"{tested.Length} promises")}, {kept} kept, {tested.Length - kept} not", null, nameof(TestPromises), MessageImportance.High)
        {
            ExtendedMetadata = new Dictionary<string, string?>
            {
                ["total"] = Text(tested.Length),
                ["passed"] = Text(kept),
                ["failed"] = Text(tested.Length - kept),
                ["skipped"] = Text(0),
            },
        });
    }

    static string Verdict(TestedPromise promise) => promise.IsKept ? "is kept" : promise.Broken.IsEmpty ? "cannot be tested" : "is broken";

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
