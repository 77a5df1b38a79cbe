namespace Lightnix.Cli;

/// <summary>What <c>lightnix report</c> writes, as text: it is complete without its script.</summary>
[Trait("Speed", "Slow")]
public sealed class The_page_of_a_report : IDisposable
{
    // What a builder prints, and what a parameter holds, is hostile: it ends elements, comments and texts, and moves the cursor.
    const string Hostile = Storage.Farm.Best + """
        <Stage Include="odd"
               Command="printf '&lt;/script&gt;&lt;script&gt;x&lt;/script&gt;--&gt;]]&gt;\047&quot;\033[2J\007\n' | tee @{out}/odd.txt"
               Matrix="text=&lt;/script&gt;&lt;img src=x&gt;,--&gt;&quot;\" Parameters="more=a&amp;b'" />
        <Stage Include="failed" Command="echo '&lt;b&gt;last words&lt;/b&gt;'; exit 3" />
        """;

    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Has_stages_runs_origins_and_logs()
    {
        var page = Written();

        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        foreach (var section in new[] { "graph", "stages", "runs", "trace", "logs", "versions" })
            Assert.Contains($"<section id=\"{section}\">", page, StringComparison.Ordinal);
        Assert.Contains("<tr id=\"stage-model\"><th scope=\"row\">model</th><td>command</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td data-sort=\"0.3\">0.3 &#177; 0.1581</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>accuracy.txt</td><td>Number, Min 0</td><td data-sort=\"0.5\">0.5</td>", page, StringComparison.Ordinal);
        Assert.Contains("0.1037 … 0.4963", page, StringComparison.Ordinal);
        Assert.Contains("\"runs-2-strip-1-data\"", page, StringComparison.Ordinal);
        Assert.Contains("<summary>model <code>", page, StringComparison.Ordinal);
        Assert.Contains("echo train @{data/data.csv}", page, StringComparison.Ordinal);
        Assert.Contains($"<dd>{_tool.Farm.Project}</dd>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_the_revision_of_the_newest_result_and_of_no_other()
    {
        using (var store = _tool.Farm.Open())
        {
            var data = store.Roots.Read(_tool.Farm.Project).Stages["data"].Results[0];
            var run = store.Records.History(data.Resolved).FirstOf(data.Tree)!;
            var earlier = run.Facts.Start.AddDays(-1);
            store.Records.Add(run with
            {
                Facts = run.Facts with { Order = 0, Nonce = "earlier", Start = earlier, End = earlier, Revision = new('e', 40) },
            });
        }

        Assert.Contains("<dt>Its revision</dt><dd>not known: its run saw no git repository; other results are of 1 other revision</dd>",
            Written(), StringComparison.Ordinal);
    }

    [Fact]
    public void Allows_no_request_and_no_other_script()
    {
        var page = Written();

        Assert.Contains("content=\"default-src 'none'; script-src ", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" src=", Own(page), StringComparison.Ordinal);
        Assert.DoesNotContain("http:", Own(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Escapes_what_builders_and_authors_wrote()
    {
        Assert.False(_tool.Farm.Build(matcher: Hostile).Succeeded);
        Assert.True(_tool.Farm.Said.Count > 4, string.Join("\n", _tool.Farm.Said));

        var page = Own(Written());

        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("-->", page, StringComparison.Ordinal);
        Assert.DoesNotContain(page, c => char.IsControl(c) && c != '\n');
        Assert.Equal(page.Split("<script").Length, page.Split("</script>").Length);
        Assert.Contains("&lt;/script&gt;&lt;script&gt;x&lt;/script&gt;--&gt;]]&gt;&#39;&quot;%1B[2J%07", page, StringComparison.Ordinal);
        Assert.Contains("text = &lt;/script&gt;&lt;img src=x&gt;", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;last words&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<details open><summary>failed ", page, StringComparison.Ordinal);
        Assert.Contains("exit code 3", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_written_where_it_was_asked_for()
    {
        var (code, output, said) = _tool.Run("report");
        Assert.Equal((0, PageBundle.Script is null), (code, said.Contains("lightnix: warning LNX5005: ", StringComparison.Ordinal)));
        Assert.EndsWith("farm.report.html\n", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_tool.Farm.ProjectFolder, "farm.report.html")));
        Assert.Contains("cannot be written", _tool.Run("report", "-o", "/nowhere/at/all.html") is (2, "", var error) ? error : "",
            StringComparison.Ordinal);
    }

    string Written()
    {
        var file = _tool.Json(0, "report", "-o", Path.Combine(_tool.Farm.Folder, "page.html")).GetProperty("file").GetString()!;
        return File.ReadAllText(file);
    }

    // Without the libraries and their licences.
    static string Own(string page)
    {
        var main = page[..page.IndexOf("<footer>", StringComparison.Ordinal)];
        return main[..main.IndexOf("<style>", StringComparison.Ordinal)] + main[main.IndexOf("</style>", StringComparison.Ordinal)..];
    }
}
