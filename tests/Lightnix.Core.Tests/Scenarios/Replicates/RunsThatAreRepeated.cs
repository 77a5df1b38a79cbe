using Lightnix.Queries;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>Four stages with two replicates each. Repeating their runs shows how much they vary, and moves no choice.</summary>
public sealed class RunsThatAreRepeated : IDisposable
{
    const string Items = """
          <Stage Include="deterministic" Command="echo same > @{out}/file" />
          <Stage Include="honest" Command="echo @{seed} > @{out}/file; echo same > @{out}/other" />
          <Stage Include="careless" Command="echo begin > @{out}/file; head -c 20 /dev/urandom >> @{out}/file" />
          <Stage Include="clock" Command="date +%s%N > @{out}/file" />
          <Stage Include="reader" Command="cat @{honest}/file > @{out}/file" />
          <Matcher Include="deterministic;honest;careless;clock" Select="Latest" AtLeast="2" />
        """;

    const string Intermediate = """
          <Stage Include="first" Command="echo same > @{out}/file" Intermediate="true" />
          <Stage Include="last" Command="cat @{first}/file > @{out}/other" />
        """;

    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    Variance Of(string stage)
    {
        using var store = _site.Open();
        return new VarianceQuery(store).Of(store.Roots.Read(_site.ProjectFile).Stages[stage].Resolved);
    }

    /// <summary>Repeats no run, and gives what was reported.</summary>
    async Task<string> RefusedAsync(string items, string stage, string code)
    {
        var repeated = await _site.RepeatAsync(items, stage, 1);
        Assert.False(repeated.Succeeded);
        Assert.Contains(code, repeated.ToString(), StringComparison.Ordinal);
        return repeated.ToString();
    }

    byte[] Root() => File.ReadAllBytes(Assert.Single(Directory.GetFiles(Path.Combine(_site.StoreFolder, "roots"))));

    [Theory]
    [InlineData("deterministic", VarianceVerdict.Deterministic)]
    [InlineData("honest", VarianceVerdict.DeterministicGivenSeed)]
    [InlineData("careless", VarianceVerdict.Varies)]
    [InlineData("clock", VarianceVerdict.Varies)]
    public async Task Show_whether_the_same_seed_gives_the_same_bytes(string stage, VarianceVerdict verdict)
    {
        Assert.True((await _site.BuildAsync(Items)).Succeeded);
        Assert.Equal(VarianceVerdict.NotKnown, Of(stage).Verdict);
        var root = Root();

        var repeated = await _site.RepeatAsync(Items, stage, 3);

        Assert.True(repeated.Succeeded, repeated.ToString());
        var variance = Of(stage);
        Assert.Equal(verdict, variance.Verdict);
        Assert.Equal([3, 2], variance.Groups.Select(g => g.Runs.Length));
        Assert.Equal((2, 1), (variance.Repeated, variance.Machines.Length));
        Assert.Equal(root, Root());
        var again = await _site.BuildAsync(Items);
        Assert.Equal((true, 0), (again.Succeeded, again.Events.OfType<BuildEvent.Completed>().Count()));
        Assert.Equal(root, Root());
    }

    [Fact]
    public async Task Say_from_which_byte_they_differ()
    {
        await _site.BuildAsync(Items);
        await _site.RepeatAsync(Items, "careless", 1);

        var file = Assert.Single(Of("careless").Files);

        Assert.Equal((true, true, "file"), (file.SameSeed, file.OtherSeed, file.Path.ToString()));
        Assert.InRange(file.Offset!.Value, "begin\n".Length, "begin\n".Length + 2);
    }

    [Fact]
    public async Task Are_those_that_were_repeated_least()
    {
        await _site.BuildAsync(Items);

        await _site.RepeatAsync(Items, "honest", 1);
        Assert.Equal([2, 1], Of("honest").Groups.Select(g => g.Runs.Length));
        await _site.RepeatAsync(Items, "honest", 1);

        Assert.Equal([2, 2], Of("honest").Groups.Select(g => g.Runs.Length));
    }

    [Fact]
    public async Task Must_be_of_what_the_stage_is_now()
    {
        await _site.BuildAsync(Items);

        await RefusedAsync(Items.Replace("echo same >", "echo other >", StringComparison.Ordinal), "deterministic", "LNX2014");

        Assert.Equal(VarianceVerdict.NotKnown, Of("deterministic").Verdict);
    }

    [Fact]
    public async Task Must_not_be_votes_of_a_quorum()
    {
        const string quorum = """
              <Stage Include="voted" Command="echo same > @{out}/file" />
              <Matcher Include="voted" Select="Quorum" Take="2" />
            """;
        await _site.BuildAsync(quorum);

        await RefusedAsync(quorum, "voted", "LNX2030");

        Assert.Equal(VarianceVerdict.DeterministicGivenSeed, Of("voted").Verdict);
    }

    [Fact]
    public async Task Must_have_results_that_are_there()
    {
        await _site.BuildAsync(Intermediate);

        var said = await RefusedAsync(Intermediate, "first", "LNX2030");

        Assert.Contains("'first' repeats no run", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_the_bytes_of_inputs_that_were_evicted()
    {
        await _site.BuildAsync(Intermediate);

        Assert.True((await _site.RepeatAsync(Intermediate, "last", 1)).Succeeded);

        Assert.Equal(VarianceVerdict.DeterministicGivenSeed, Of("last").Verdict);
    }
}
