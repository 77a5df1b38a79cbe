using Lightnix.Explaining;
using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>Answers of <c>lightnix why</c> as JSON, with the fields of docs/cli.md.</summary>
static class WhyJson
{
    public static JsonValue.Object Of(WhyAnswer answer)
    {
        var json = JsonValue.Object.Empty.With("project", answer.Project)
            .WithOptional("stage", answer.Stage.Length == 0 ? null : answer.Stage)
            .WithOptional("last", answer.Past.Select(p => Of(p, new(answer.Store))));
        return answer.Plan is null ? json
            : With(json, answer.Open, new(answer.Store)).With("plan", new JsonValue.Array([.. answer.Plan.Value.Select(p => p.ToJson())]))
                .With("runs", answer.Times.Runs).WithOptional("milliseconds", answer.Times.Estimate);
    }

    static JsonValue.Object Of(PastReason past, CauseText texts)
    {
        var json = With(JsonValue.Object.Empty.With("stage", past.Stage), past.Steps, texts)
            .WithOptional("former", past.Former?.Reference().ToString())
            .WithOptional("problems", JsonValue.Texts(past.Steps.SelectMany(s => s.Reason.Problems)).Items)
            .WithOptional("unmoved", past.Unmoved.Select(u => u.ToJson())).WithAdoption(past.Adopted)
            .With("runs", past.Runs.Length).WithOptional("news", past.News?.ToJson()).WithOptional("build", Of(past.Build));
        return past.Runs.IsEmpty ? json : json.With("start", Output.Utc(past.Runs.Min(r => r.Start)))
            .With("end", Output.Utc(past.Runs.Max(r => r.End)))
            .WithOptional("milliseconds", TimeSpan.FromTicks(past.Runs.Sum(r => r.Duration.Ticks)));
    }

    static JsonValue.Object? Of(PastBuild? build) => build is null ? null : JsonValue.Object.Empty
        .With("start", Output.Utc(build.Start)).With("end", Output.Utc(build.End)).WithOptional("revision", build.Revision);

    static JsonValue.Object With(JsonValue.Object json, IReadOnlyCollection<StageReason> stages, CauseText texts)
    {
        var roots = RootCauses.Of(stages);
        return json.With("causes", new JsonValue.Array([.. roots.Causes.Select(c => Of(c, texts))]))
            .With("following", JsonValue.Texts(roots.Following.Select(f => f.ToString())));
    }

    static JsonValue.Object Of(RootCause root, CauseText texts) => (root.Cause?.ToJson() ?? JsonValue.Object.Empty)
        .With("text", root.Text).With("stages", JsonValue.Texts(root.Stages.Select(s => s.ToString())))
        .WithOptional("difference", root.Cause is null ? [] : JsonValue.Texts(texts.Difference(root.Cause)).Items);

    static JsonValue.Object WithOptional(this JsonValue.Object json, string name, TimeSpan? time) =>
        time is { } known ? json.With(name, (long)known.TotalMilliseconds) : json;
}
