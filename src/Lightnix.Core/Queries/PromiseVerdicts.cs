using Lightnix.Contracts;
using Lightnix.Realizing;
using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Tests the promises of a choice, as the last build recorded them, against a result.</summary>
public sealed class PromiseVerdicts(Store store)
{
    readonly StoredResults _results = new(store, Root.None(""), remember: false);

    /// <summary>What each promise demands, with what is broken; null where the files are not there to tell.</summary>
    public async Task<ImmutableArray<(RecordedPromise Promise, ImmutableArray<string>? Broken)>> OfAsync(
        Selection selection, Reference<Tree> tree, CancellationToken cancellationToken)
    {
        var judge = new PromiseJudge(_results, _results);
        var found = ImmutableArray.CreateBuilder<(RecordedPromise, ImmutableArray<string>?)>();
        foreach (var promise in selection.Demands)
        {
            var answer = await judge.AnswerAsync(new Question.Keeps(tree, promise.ToPromise()), cancellationToken).ConfigureAwait(false);
            found.Add((promise, answer is Answer.Verdict verdict ? verdict.Broken : null));
        }
        return found.ToImmutable();
    }
}
