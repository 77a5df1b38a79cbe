using Lightnix.Builds;
using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>Two projects of one file name whose intermediate folder is the same.</summary>
public sealed class ProjectsThatShareAnObj : IDisposable
{
    const string Items = """<Stage Include="s" Command="pwd &gt; out/v" /><Promise Include="v" Stage="s" />""";

    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Are_reported_and_take_nothing_of_each_other()
    {
        Assert.Empty(await BuildAsync("a", "obj/lightnix"));

        Assert.Equal(["LNX1014"], await BuildAsync("b", "obj/lightnix"));
        Assert.Empty(await BuildAsync("a", "obj/lightnix"));
        Assert.Empty(await BuildAsync("b", "b/obj/lightnix"));
    }

    [Fact]
    public async Task Are_no_projects_that_were_moved_or_copied()
    {
        Assert.Empty(await BuildAsync("a", "a/obj/lightnix"));
        Assert.Empty(await BuildAsync("c", "out/obj/lightnix"));

        _site.Sh("mv a b; cp -r b a; mv c d; ln -s d e");

        Assert.Empty(await BuildAsync("a", "a/obj/lightnix"));
        Assert.Empty(await BuildAsync("b", "b/obj/lightnix"));
        Assert.Empty(await BuildAsync("d", "out/obj/lightnix"));
        Assert.Empty(await BuildAsync("e", "out/obj/lightnix"));
    }

    async Task<string[]> BuildAsync(string folder, string intermediate)
    {
        var project = _site[folder];
        if (!File.Exists(Path.Combine(project, "data.lnproj")))
            _site.Write($"{folder}/data.lnproj", "<Project />");
        var request = _site.Request(Items);
        var reported = new List<string>();
        await ProjectBuilds.BuildAsync(
            request with
            {
                Options = request.Options with { ProjectFile = Path.Combine(project, "data.lnproj") },
                Project = request.Project with { Directory = project },
                LinkFolder = Path.Combine(project, "bin"),
                IntermediateFolder = _site[intermediate],
            },
            e => reported.AddRange(e is BuildEvent.Diagnosed { Diagnostic: { Severity: Severity.Error } d } ? [d.Code] : []),
            CancellationToken.None);
        return [.. reported];
    }
}
