using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lightnix.Cli;

/// <summary>The fields that verbs give with <c>--json</c> are those of the table in docs/cli.md, both ways.</summary>
[Trait("Speed", "Slow")]
public sealed partial class JSON_of_all_verbs : IDisposable
{
    // Stored records, and what authors named.
    static readonly string[] Free = ["record", "runRecord", "parameters", "metrics", "matcher", "before", "now"];

    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    public static TheoryData<string, string[]> Calls => new()
    {
        { "ls", ["ls"] }, { "ls --runs", ["ls", "--runs"] }, { "log", ["log", "model"] }, { "status", ["status"] },
        { "why --chosen", ["why", "model", "--chosen"] }, { "why --kept", ["why", "model", "--kept"] },
        { "diff", ["diff", "data", "model"] },
        { "runs", ["runs", "model"] }, { "variance", ["variance", "model"] }, { "trace", ["trace", "model"] }, { "graph", ["graph"] },
        { "verify", ["verify"] }, { "gc", ["gc", "--older-than", "0"] }, { "pin", ["pin", "data"] }, { "unpin", ["unpin", "model"] },
        { "rm", ["rm", "data", "--reason", "x"] }, { "history", ["history"] }, { "note", ["note", "data", "x"] },
        { "export", ["export", "model", "-o", "model.tar.zst"] }, { "report", ["report"] },
        { "show", ["show", "model"] },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Has_the_documented_fields_only(string verb, string[] arguments)
    {
        Assert.Equal(0, _tool.Run("pin", "model").Code);
        var documented = Documented(verb);

        var (_, output, error) = _tool.Run([.. arguments, "--json"]);

        Assert.True(output.Length > 0, error);
        Assert.Equal([], Fields(JsonDocument.Parse(output).RootElement).Where(f => !documented.Contains(f)).Distinct());
    }

    // These are there always, whatever the store has.
    [Theory]
    [InlineData("ls", "project projectExists stage number realization tree resolved derivation present size folder state failed made")]
    [InlineData("ls --runs", "project stage run realization tree replicate attempt order state start end log metric")]
    [InlineData("log", "log file text")]
    [InlineData("runs", "stage resolved derivation n failed adopted distinct last chosen metrics runs")]
    [InlineData("gc", "done freed stays blocked stuck items")]
    [InlineData("verify", "store damages")]
    [InlineData("history", "build start end who stages")]
    [InlineData("graph", "project nodes edges")]
    public void Has_the_documented_fields_always(string verb, string expected)
    {
        var fields = expected.Split(' ');
        var arguments = verb.Split(' ').Concat(verb is "log" or "runs" ? ["model"] : Array.Empty<string>());
        Assert.Empty(fields.Except(Documented(verb)));

        var found = _tool.Json(0, [.. arguments]);

        var first = found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().Last() : found;
        Assert.Empty(fields.Except(first.EnumerateObject().Select(p => p.Name)));
    }

    // Of the rows for the verb: words in backticks, with those of verbs to which a row refers ("as above").
    static HashSet<string> Documented(string verb)
    {
        var text = File.ReadAllText(RepositoryRoot.File("docs/cli.md"));
        var rows = text[text.IndexOf("### JSON", StringComparison.Ordinal)..].Split("\n## ")[0].Split('\n')
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split(" | ", 2)).ToList();
        var own = rows.Where(r => r[0].Contains($"`{verb}`", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(own);
        if (own.Any(r => r[1].Contains("as above", StringComparison.Ordinal)))
            own.AddRange(rows.Where(r => r[0].Contains("`ls --runs`", StringComparison.Ordinal)));
        return [.. own.SelectMany(r => Word().Matches(r[1]).Select(m => m.Groups[1].Value)), "notes", "text", "who", "when"];
    }

    static IEnumerable<string> Fields(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Fields),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Free.Contains(p.Name) || (p.Name == "derivation"
            && p.Value.ValueKind == JsonValueKind.Object) ? [p.Name] : Fields(p.Value).Prepend(p.Name)),
        _ => [],
    };

    [GeneratedRegex("`([A-Za-z0-9]+)`")]
    private static partial Regex Word();
}
