using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Cli;

/// <summary><c>lightnix pin</c>, <c>unpin</c> and <c>rm</c>: what a person decides about realizations.</summary>
sealed class Keeper(Desk desk)
{
    static string Who => $"{Environment.UserName}@{Environment.MachineName}";

    public int Pin(string text, string? reason) => Each(text, "pinned", realization =>
    {
        desk.Store.Pins.Add(new(realization.Reference(), realization.Resolved, realization.Tree, reason ?? "", Who, desk.Now));
        if (!desk.Store.Trees.Contains(realization.Tree))
            Speech.Complain($"the tree of {realization.Reference().Short} was collected already: only what is known of it is kept");
        return true;
    });

    public int Unpin(string text) => Each(text, "unpinned", realization => desk.Store.Pins.Remove(realization.Reference()) ? true : throw new MistakeException($"{realization.Reference().Short} is not pinned"));

    public int Reject(string text, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new MistakeException("a rejection needs a reason: --reason \"…\"");
        return Each(text, "rejected", realization =>
        {
            if (desk.Store.Records.History(realization.Resolved).Rejections.All(r => r.Realization != realization.Reference()))
                desk.Store.Records.Add(new Rejection(realization.Reference(), reason, Who, desk.Now));
            return true;
        });
    }

    int Each(string text, string done, Func<Realization, bool> act)
    {
        var realizations = desk.Realizations(text).Where(act).Select(r => r.Reference().ToString()).ToImmutableArray();
        if (desk.Speech.IsJson)
            Speech.Json(JsonValue.Object.Empty.With(done, JsonValue.Texts(realizations)));
        else
            foreach (var realization in realizations)
                Speech.Line($"{done} {realization}");
        return Tool.Done;
    }
}
