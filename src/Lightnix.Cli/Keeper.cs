using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Cli;

/// <summary><c>lightnix pin</c>, <c>unpin</c>, <c>rm</c> and <c>unreject</c>: what a person decides about realizations.</summary>
sealed class Keeper(Desk desk)
{
    static string Who => $"{Environment.UserName}@{Environment.MachineName}";

    /// <param name="closure">Also what it was made from, and what that was made from.</param>
    public int Pin(string text, string? reason, bool closure) => Each(With(desk.Realizations(text), closure), "pinned", realization =>
    {
        desk.Store.Pins.Add(new(realization.Reference(), realization.Resolved, realization.Tree, reason ?? "", Who, desk.Now));
        if (!desk.Store.Trees.Contains(realization.Tree))
            Speech.Complain($"the tree of {realization.Reference().Short} was collected already: only what is known of it is kept");
        return true;
    });

    public int Unpin(string text, bool closure)
    {
        var named = desk.Realizations(text);
        return Each(With(named, closure), "unpinned", realization => desk.Store.Pins.Remove(realization.Reference())
            || (closure && !named.Contains(realization) ? false : throw new MistakeException($"{realization.Reference().Short} is not pinned")));
    }

    public int Reject(string text, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new MistakeException("a rejection needs a reason: --reason \"…\"");
        return Each(desk.Realizations(text), "rejected", realization =>
        {
            if (desk.Store.Records.History(realization.Resolved).Rejections.All(r => r.Realization != realization.Reference()))
                desk.Store.Records.Add(new Rejection(realization.Reference(), reason, Who, desk.Now));
            return true;
        });
    }

    public int Unreject(string text)
    {
        var rejected = Rejected(text);
        return Each(rejected, "unrejected", realization => desk.Store.Records.RemoveRejections(realization) ? true : throw new MistakeException($"{realization.Reference().Short} is not rejected"));
    }

    // Of a stage, all of its results that are: the last build may have chosen none.
    ImmutableArray<Realization> Rejected(string text)
    {
        var resolved = new[] { desk.Stage(text)?.Selection.Resolved, desk.Pending(text) }.OfType<Reference<Resolved>>().Distinct().ToList();
        if (resolved.Count == 0)
            return desk.Realizations(text);
        var rejected = from r in resolved
                       let history = desk.Store.Records.History(r)
                       from run in history.Runs
                       where history.Rejections.Any(j => j.Realization == run.Realization)
                       select new Realization(r, run.Tree);
        return rejected.Distinct().ToImmutableArray() is { IsEmpty: false } found ? found : throw new MistakeException($"no result of '{text}' is rejected");
    }

    ImmutableArray<Realization> With(ImmutableArray<Realization> realizations, bool closure)
    {
        if (!closure)
            return realizations;
        var all = new List<Realization>();
        var pending = new Queue<Realization>(realizations);
        while (pending.TryDequeue(out var realization))
        {
            if (all.Contains(realization))
                continue;
            all.Add(realization);
            foreach (var input in desk.Store.Records.History(realization.Resolved).Runs.Where(r => r.Tree == realization.Tree).SelectMany(r => r.Facts.Context.Values).SelectMany(r => r).Distinct())
            {
                if (desk.Store.Records.FindRealization(input.ToString()) is { } known)
                    pending.Enqueue(known);
            }
        }
        return [.. all];
    }

    int Each(ImmutableArray<Realization> of, string done, Func<Realization, bool> act)
    {
        var realizations = of.Where(act).Select(r => r.Reference().ToString()).ToImmutableArray();
        if (desk.Speech.IsJson)
            Speech.Json(JsonValue.Object.Empty.With(done, JsonValue.Texts(realizations)));
        else
            foreach (var realization in realizations)
                Speech.Line($"{done} {realization}");
        return Tool.Done;
    }
}
