using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using InTotoAttestation.Predicates.Provenance.V1;
using InTotoAttestation.V1;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix prov</c>: what it writes is read by validators of the two standards.</summary>
[Trait("Speed", "Slow")]
public sealed class Provenance_for_other_tools : IDisposable
{
    const string Script = "cat \"$1\" > out/model.txt; echo $2 >> out/model.txt";

    readonly OwnProject _project = new();

    public Provenance_for_other_tools()
    {
        _project.Write("train it.sh", Script);
        _project.Write("taken.txt", "taken");
        const string xml = """
              <Stage Include="taken" Path="taken.txt" />
              <Stage Include="raw" Command="seq 3 > @{out}/raw.txt; echo printed" />
              <Promise Include="raw.txt" Stage="raw" />
              <Stage Include="model" Script="train it.sh" Interpreter="sh" Arguments="@{raw/raw.txt};@{params.rate}" Parameters="rate=0.1"
                     Environment="A=x y" Tools="sh" Inputs="taken" />
              <Stage Include="final"
                     Command="mkdir -p '@{out}/a folder'; cat @{model}/* > '@{out}/a folder/ü#.txt'; ln -s 'a folder' @{out}/link" />
            """;
        var (succeeded, said) = _project.Build(xml, sandbox: "None");
        Assert.True(succeeded, string.Join('\n', said.Select(d => d.ToString())));
    }

    public void Dispose() => _project.Dispose();

    string Prov(string what, string format, params string[] more)
    {
        var folder = Path.Combine(_project.Root, format);
        var (code, output) = Run(what, format, folder, more);
        Assert.True(code == 0, output);
        return folder;
    }

    (int ExitCode, string Output) Run(string what, string format, string folder, params string[] more) =>
        Sh.TryRun("dotnet", _project.Folder, ["exec", Path.Combine(AppContext.BaseDirectory, "lightnix.dll"), "prov", what,
            "--format", format, "-o", folder, "--store", _project.Store, .. more]);

    [Fact]
    public void Is_a_crate_that_the_shapes_of_its_profiles_accept()
    {
        var crate = Prov("final", "ro-crate", "--license", "https://spdx.org/licenses/CC0-1.0");

        Assert.Equal((0, ""), CrateValidator.Check(crate));
        Assert.Equal(Listing(Path.Combine(_project.Folder, "bin", "final")), Listing(Path.Combine(crate, "results", "final")));
        Assert.Equal(Script, File.ReadAllText(Assert.Single(Directory.GetFiles(crate, "train it.sh",
            SearchOption.AllDirectories))));
        var graph = JsonDocument.Parse(File.ReadAllText(Path.Combine(crate, "ro-crate-metadata.json"))).RootElement.GetProperty("@graph");
        var actions = graph.EnumerateArray().Where(e => Has(e, "CreateAction")).Select(e => e.GetProperty("name").GetString()).Order();
        Assert.Equal(["build", "final, replicate 1", "model, replicate 1", "raw, replicate 1", "taken, replicate 1"], actions);
        var steps = graph.EnumerateArray().Where(e => Has(e, "HowToStep")).OrderBy(e => e.GetProperty("position").GetString())
            .Select(e => e.GetProperty("name").GetString());
        Assert.Equal(["model", "final"], steps.TakeLast(2));
        Assert.Contains(graph.EnumerateArray(), e => Has(e, "PropertyValue") && e.GetProperty("value").GetString() == "0.1");
    }

    static bool Has(JsonElement entity, string type) => entity.GetProperty("@type") is { ValueKind: JsonValueKind.String } one
        && one.GetString() == type;

    static readonly EnumerationOptions Inside = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    // Links are no files of a crate.
    static string[] Listing(string folder) =>
    [
        .. Directory.GetFiles(folder, "*", Inside)
            .Select(f => $"{Path.GetRelativePath(folder, f)} {File.ReadAllText(f)}").Order(StringComparer.Ordinal),
    ];

    [Theory]
    [InlineData("CreateAction", "instrument", "an action has no tool")]
    [InlineData("HowToStep", "workExample", "a step has no tool")]
    [InlineData("ControlAction", "object", "a control is of no action")]
    [InlineData("OrganizeAction", "result", "there is no run of the workflow")]
    [InlineData("FormalParameter", "additionalType", "a parameter has no type")]
    public void Would_be_refused_without_a_required_part(string type, string part, string why)
    {
        var crate = Prov("final", "ro-crate");
        var file = Path.Combine(crate, "ro-crate-metadata.json");
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        foreach (var entity in json["@graph"]!.AsArray().Where(e => e!["@type"]!.ToJsonString() == $"\"{type}\""))
            entity!.AsObject().Remove(part);
        File.WriteAllText(file, json.ToJsonString());

        var (code, problems) = CrateValidator.Check(crate);

        Assert.Equal(1, code);
        Assert.Contains(why, problems, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_a_statement_for_each_run_that_protobuf_reads_strictly()
    {
        var folder = Prov("final", "slsa");

        var statements = Directory.GetFiles(folder).ToDictionary(f => Path.GetFileName(f).Split('-')[0], Read);
        Assert.Equal(["final", "model", "raw", "taken"], statements.Keys.Order());
        Assert.All(statements.Values, s => Assert.Equal(("https://in-toto.io/Statement/v1", "https://slsa.dev/provenance/v1"),
            (s.Type, s.PredicateType)));
        var model = JsonParser.Default.Parse<Provenance>(JsonFormatter.Default.Format(statements["model"].Predicate));
        var definition = model.BuildDefinition;
        Assert.Equal("0.1", definition.ExternalParameters.Fields["parameters"].StructValue.Fields["rate"].StringValue);
        Assert.Equal(["train it.sh", "in/raw", "in/taken"], definition.ResolvedDependencies.Select(d => d.Name));
        Assert.Contains("sh", definition.InternalParameters.Fields["tools"].StructValue.Fields.Keys);
        Assert.True(model.RunDetails.Metadata.StartedOn <= model.RunDetails.Metadata.FinishedOn);
        Assert.Equal(64, model.RunDetails.Metadata.InvocationId.Length);
        Assert.True(Uri.IsWellFormedUriString(model.RunDetails.Builder.Id, UriKind.Absolute));
        Assert.True(Uri.IsWellFormedUriString(definition.BuildType, UriKind.Absolute));
        var raw = JsonParser.Default.Parse<Provenance>(JsonFormatter.Default.Format(statements["raw"].Predicate));
        Assert.Equal("log", Assert.Single(raw.RunDetails.Byproducts).Name);
        var bytes = File.ReadAllBytes(Path.Combine(_project.Folder, "bin", "raw", "raw.txt"));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)),
            statements["raw"].Subject.Single(s => s.Name == "raw.txt").Digest["sha256"]);
        // What one run read is what another made.
        Assert.Equal(statements["raw"].Subject[^1].Digest["lightnixTree1"], definition.ResolvedDependencies[1].Digest["lightnixTree1"]);
        Assert.Throws<InvalidProtocolBufferException>(() => JsonParser.Default.Parse<Statement>("""{"_type":"x","unknown":1}"""));
    }

    // An envelope without signatures says so.
    static Statement Read(string file)
    {
        var envelope = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        Assert.Equal(["payload", "payloadType", "signatures"], envelope.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal("application/vnd.in-toto+json", envelope.GetProperty("payloadType").GetString());
        Assert.Equal(0, envelope.GetProperty("signatures").GetArrayLength());
        var payload = System.Text.Encoding.UTF8.GetString(envelope.GetProperty("payload").GetBytesFromBase64());
        return JsonParser.Default.Parse<Statement>(payload);
    }

    [Fact]
    public void Is_not_written_over_other_files()
    {
        var folder = Prov("raw", "slsa");

        var (code, output) = Run("raw", "slsa", folder);

        Assert.Equal(2, code);
        Assert.Contains("is there already, and not empty", output, StringComparison.Ordinal);
    }
}
