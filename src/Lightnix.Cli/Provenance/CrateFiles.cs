using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>A Workflow Run RO-Crate of the profile "Provenance Run Crate" 0.5: its description, and the files that it describes.</summary>
/// <remarks>https://www.researchobject.org/workflow-run-crate/profiles/0.5/provenance_run_crate/,
/// https://www.researchobject.org/ro-crate/specification/1.1/</remarks>
/// <param name="asked">Results whose files belong to the crate. Of others, only what is known of them.</param>
/// <param name="license">Null: none is stated.</param>
sealed class CrateFiles(Trace trace, ImmutableArray<Reference<Realization>> asked, Store store, string? license)
{
    const string Description = "ro-crate-metadata.json";

    readonly ImmutableArray<TracedResult> _known = [.. trace.Known];
    readonly CrateGraph _graph = new();
    readonly SortedDictionary<RelativePath, ProvenanceFile> _files = [];

    public ImmutableArray<ProvenanceFile> All()
    {
        var actions = new List<CrateAction>();
        // What made an input comes after what reads it in a trace, and before it in a workflow.
        foreach (var result in _known.Reverse())
            actions.Add(Add(result, actions.Count + 1));
        AddWorkflow([.. actions]);
        AddReadme();
        AddRoot();
        var text = IndentedJson.ToText(_graph.ToJson());
        return [.. _files.Values.Prepend(new ProvenanceFile.Made(RelativePath.Parse(Description), text))];
    }

    CrateAction Add(TracedResult result, int position)
    {
        var action = new CrateAction(result, _graph, position);
        action.AddTool();
        foreach (var source in result.Derivation!.Sources)
            action.Read(SourceOf(result, source));
        foreach (var input in result.Inputs)
            action.Read(ResultOf(input.Realization));
        action.Make(ResultOf(result.Reference));
        action.AddRun();
        return action;
    }

    // In the crate where the store keeps it.
    string SourceOf(TracedResult result, SourceEntry source)
    {
        var folder = RelativePath.OfSegments(["sources", $"{result.Derivation!.Name}-{result.Run!.Facts.Derivation.Short}"]);
        return store.Sources.FileOf(source.Content) is { } file
            ? AddFile(folder.Append(source.Path), file, source.Content)
            : _graph.Add($"#source-{source.Content}", "CreativeWork", source.Path.ToString(),
                e => e.With("identifier", $"sha256:{source.Content}"));
    }

    string ResultOf(Reference<Realization> reference)
    {
        if (trace.Find(reference) is not { } result)
            return _graph.Add($"#result-{reference}", "CreativeWork", "a result that is not known any more", e => e);
        var name = $"result of {result.Stage ?? "a stage"}";
        if (!asked.Contains(reference) || !result.IsPresent)
        {
            return _graph.Add($"#tree-{result.Realization.Tree}", "CreativeWork", name,
                e => e.With("identifier", $"lightnix-tree:{result.Realization.Tree}"));
        }
        var folder = RelativePath.OfSegments(["results", asked.Length == 1 ? $"{result.Stage}" : $"{result.Stage}-{reference.Short}"]);
        var id = CrateGraph.IdOf(folder) + "/";
        if (_graph.Has(id))
            return id;
        var tree = store.Trees.Get(result.Realization.Tree);
        store.Trees.Check(tree, everyByte: false);
        var files = new List<string>();
        foreach (var file in tree.Entries.OfType<TreeEntry.File>())
            files.Add(AddFile(folder.Append(file.Path), file.Path.Under(store.Trees.FolderOf(tree.Reference)), file.Content));
        return _graph.Add(id, "Dataset", name,
            e => e.With("identifier", $"lightnix-tree:{tree.Reference}").WithOptional("hasPart", files.Select(CrateGraph.Link)));
    }

    string AddFile(RelativePath path, string file, Digest content)
    {
        _files[path] = new ProvenanceFile.Stored(path, file, content);
        var size = new FileInfo(file).Length.ToString(CultureInfo.InvariantCulture);
        return _graph.Add(CrateGraph.IdOf(path), "File", path.Name,
            e => e.With("sha256", content.ToString()).With("contentSize", size));
    }

    // What is run is what the derivations say.
    void AddWorkflow(ImmutableArray<CrateAction> actions)
    {
        var path = RelativePath.Parse("workflow.json");
        var stages = _known.Select(r => r.Derivation!).DistinctBy(d => d.Reference()).OrderBy(d => d.Name)
            .Select(d => (JsonValue)d.ToJson().With("format", Derivation.Format));
        var text = IndentedJson.ToText(new JsonValue.Array([.. stages]));
        var digest = Digest.Of(Encoding.UTF8.GetBytes(text));
        _files[path] = new ProvenanceFile.Made(path, text);
        var tools = actions.Select(a => a.Tool).Distinct(StringComparer.Ordinal).Select(CrateGraph.Link).ToImmutableArray();
        var results = asked.Select(r => CrateGraph.Link(ResultOf(r))).ToImmutableArray();
        var lightnix = _known[0].Run!.Facts.Host.Lightnix;
        _graph.Add("#language", "ComputerLanguage", "Lightnix derivations", e => e.With("version", Derivation.Format));
        _graph.Add("workflow.json", ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"], "stages", e => e
            .With("programmingLanguage", CrateGraph.Link("#language")).With("version", digest.Short).With("sha256", digest.ToString())
            .With("encodingFormat", "application/json")
            .With("conformsTo", CrateGraph.Link("https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"))
            .With("hasPart", new JsonValue.Array([.. tools]))
            .With("step", new JsonValue.Array([.. actions.Select(a => CrateGraph.Link(a.Step)).Distinct()])));
        _graph.Add("#lightnix", "SoftwareApplication", "Lightnix", e => e.With("softwareVersion", lightnix));
        _graph.Add("#build", "CreateAction", "build", e => e
            .With("description", "made what was missing, and reused the rest")
            .With("instrument", CrateGraph.Link("workflow.json")).With("result", new JsonValue.Array([.. results]))
            .With("startTime", CrateGraph.Time(_known.Min(r => r.Run!.Facts.Start))).With("endTime", CrateGraph.Time(Newest)));
        _graph.Add("#engine", "OrganizeAction", "Lightnix runs stages", e => e
            .With("instrument", CrateGraph.Link("#lightnix")).With("result", CrateGraph.Link("#build"))
            .With("object", new JsonValue.Array([.. actions.Select(a => CrateGraph.Link(a.Control))])));
        Mentions = [.. actions.Select(a => a.Id), "#build", "#engine"];
    }

    string Stages => string.Join(", ", asked.Select(trace.Find).OfType<TracedResult>().Select(r => r.Stage).Distinct());

    void AddReadme()
    {
        var path = RelativePath.Parse("README.md");
        var text = $"""
            # {Visible.Text(Stages)}

            An RO-Crate that Lightnix wrote: results with the runs, sources and inputs that they were made from. `{Description}`
            describes it; `workflow.json` holds the stages as they were declared.

            """;
        _files[path] = new ProvenanceFile.Made(path, text);
        _graph.Add("README.md", "File", "README.md", e => e.With("about", CrateGraph.Link("./")).With("encodingFormat", "text/markdown")
            .With("sha256", Digest.Of(Encoding.UTF8.GetBytes(text)).ToString()));
    }

    ImmutableArray<string> Mentions { get; set; } = [];

    DateTimeOffset Newest => _known.Max(r => r.Run!.Facts.End);

    void AddRoot()
    {
        var conforms = new List<string>();
        foreach (var profile in new[] { "Process", "Workflow", "Provenance" })
        {
            conforms.Add(_graph.Add($"https://w3id.org/ro/wfrun/{profile.ToLowerInvariant()}/0.5", "CreativeWork", $"{profile} Run Crate",
                e => e.With("version", "0.5")));
        }
        conforms.Add(_graph.Add("https://w3id.org/workflowhub/workflow-ro-crate/1.0", "CreativeWork", "Workflow RO-Crate",
            e => e.With("version", "1.0")));
        _graph.Add(Description, "CreativeWork", "description of this crate", e => e
            .With("about", CrateGraph.Link("./"))
            .With("conformsTo", new JsonValue.Array([CrateGraph.Link("https://w3id.org/ro/crate/1.1"), CrateGraph.Link(conforms[^1])])));
        _graph.Add("./", "Dataset", $"{Stages}, and how it was made", e => e
            .With("description", $"Results of {Stages} with the runs, sources and inputs that they were made from")
            .With("datePublished", CrateGraph.Time(Newest)).With("license", license ?? "No license was stated.")
            .With("conformsTo", new JsonValue.Array([.. conforms.Select(CrateGraph.Link)]))
            .With("mainEntity", CrateGraph.Link("workflow.json"))
            .With("hasPart", new JsonValue.Array([.. _graph.Data.Select(CrateGraph.Link)]))
            .With("mentions", new JsonValue.Array([.. Mentions.Select(CrateGraph.Link)])));
    }
}
