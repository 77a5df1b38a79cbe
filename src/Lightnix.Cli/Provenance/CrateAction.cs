using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>One run as entities of an RO-Crate: the tool that its derivation is, the step that the tool has in the workflow, the action,
/// and the control of it.</summary>
/// <param name="position">Of the step.</param>
sealed class CrateAction(TracedResult result, CrateGraph graph, int position)
{
    readonly Run _run = result.Run!;
    readonly Derivation _derivation = result.Derivation!;
    readonly List<string> _read = [], _made = [];

    public string Id => $"#run-{_run.Reference()}";
    public string Tool => $"#stage-{_run.Facts.Derivation}";
    public string Step => $"#step-{_run.Facts.Derivation}";
    public string Control => $"#control-{_run.Reference()}";

    public void Read(string id) => _read.Add(id);

    public void Make(string id) => _made.Add(id);

    public void AddTool()
    {
        var programs = new List<string>();
        foreach (var (name, version) in _run.Facts.Tools)
        {
            var id = $"#software-{Digest.Of(Encoding.UTF8.GetBytes($"{name}\n{version}")).Short}";
            programs.Add(graph.Add(id, "SoftwareApplication", name, e => e.With("softwareVersion", Visible.Lines(version))));
        }
        var formal = new List<string>();
        foreach (var (name, value) in _derivation.Parameters)
        {
            var (parameter, given) = ($"{Tool}-parameter-{Uri.EscapeDataString(name)}", $"{Tool}-value-{Uri.EscapeDataString(name)}");
            formal.Add(graph.Add(parameter, "FormalParameter", name,
                e => e.With("additionalType", "Text").With("workExample", CrateGraph.Link(given))));
            _read.Add(graph.Add(given, "PropertyValue", name,
                e => e.With("value", value).With("exampleOfWork", CrateGraph.Link(parameter))));
        }
        graph.Add(Tool, "SoftwareApplication", _derivation.Name.ToString(), e => e
            .With("description", Command).With("softwareVersion", _run.Facts.Derivation.Short)
            .With("identifier", $"lightnix-derivation:{_run.Facts.Derivation}")
            .WithOptional("softwareRequirements", programs.Select(CrateGraph.Link))
            .WithOptional("input", formal.Select(CrateGraph.Link)));
        graph.Add(Step, "HowToStep", _derivation.Name.ToString(), e => e
            .With("position", position.ToString(CultureInfo.InvariantCulture)).With("workExample", CrateGraph.Link(Tool)));
    }

    public void AddRun()
    {
        var facts = _run.Facts;
        var variables = new List<string>();
        foreach (var (name, value) in _derivation.Environment)
            variables.Add(Value($"{Id}-variable-{Uri.EscapeDataString(name)}", name, value));
        if (facts.Seed is { } seed)
            _read.Add(Value($"{Id}-seed", "seed", seed.ToString(CultureInfo.InvariantCulture)));
        if (facts.Url is { } url)
            _read.Add(graph.Add($"{Id}-url", "CreativeWork", url, e => e.With("url", url)));
        var title = string.Create(CultureInfo.InvariantCulture, $"{_derivation.Name}, replicate {facts.Replicate}");
        graph.Add(Id, "CreateAction", title, e => e
            .With("description", Text())
            .With("instrument", CrateGraph.Link(Tool))
            .With("identifier", $"lightnix-run:{_run.Reference()}")
            .WithOptional("object", _read.Distinct(StringComparer.Ordinal).Select(CrateGraph.Link))
            .With("result", new JsonValue.Array([.. _made.Select(CrateGraph.Link)]))
            .WithOptional("environment", variables.Select(CrateGraph.Link))
            .With("startTime", CrateGraph.Time(facts.Start)).With("endTime", CrateGraph.Time(facts.End))
            .With("actionStatus", "http://schema.org/CompletedActionStatus"));
        graph.Add(Control, "ControlAction", $"run {_derivation.Name}", e => e
            .With("instrument", CrateGraph.Link(Step)).With("object", CrateGraph.Link(Id)));
    }

    string Command => Visible.Lines(string.Join("; ", _derivation.Builder.Fields.Where(f => f.Value is not null)
        .Select(f => $"{f.Title}: {f.Value}").DefaultIfEmpty(_derivation.Builder.Origin ?? "")));

    string Text()
    {
        var facts = _run.Facts;
        var where = $"on {facts.Host.Name} ({facts.Host.System}, {facts.Host.Platform}), sandbox: {facts.Sandbox}";
        var revision = facts.RevisionText is { } text ? $", revision {text}" : "";
        var adopted = result.AdoptedBy is { Adopted: { } adoption, Facts.Derivation: var derivation }
            ? $"; its result was adopted for {derivation} by {adoption.Who} at {Output.Utc(adoption.When)}: {adoption.Reason}" : "";
        return Visible.Lines($"{where}{revision}{adopted}");
    }

    string Value(string id, string name, string value) => graph.Add(id, "PropertyValue", name, e => e.With("value", value));
}
