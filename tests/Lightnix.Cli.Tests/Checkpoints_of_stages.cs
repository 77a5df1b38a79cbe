using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>rm --checkpoint</c>.</summary>
public sealed class Checkpoints_of_stages : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    void Leave(string stage, int replicate, string project, string? rate = null)
    {
        using var store = Store.Open(_tool.Farm.StoreFolder);
        using var workspace = store.NewWorkspace();
        var resolved = new Resolved
        {
            Builder = new Builder.Command(stage + project, "sh"),
            Parameters = new[] { ("rate", rate ?? "0") }.ToImmutableSortedDictionary(p => p.Item1, p => p.Item2, Utf8Order.Instance),
        };
        store.Records.Add(resolved);
        var state = new CheckpointState(resolved.Reference(), replicate, 1, 7, stage)
        {
            Start = DateTimeOffset.UtcNow,
            Project = project,
        };
        workspace.TakeCheckpoint(store.Checkpoints, null, state);
        File.WriteAllText(Path.Combine(workspace.Folder, "checkpoint", "x"), "x");
        workspace.GiveUp(null);
    }

    string[] Left()
    {
        using var store = Store.Open(_tool.Farm.StoreFolder);
        return [.. store.Checkpoints.All().Select(c => $"{c.Stage}#{c.Replicate} {c.Project}")];
    }

    [Fact]
    public void Are_removed_so_that_the_stage_starts_afresh()
    {
        Leave("model", 1, "/a");
        Leave("model", 2, "/a");
        Leave("other", 1, "/a");

        var (code, output, _) = _tool.Run("rm", "MODEL", "--checkpoint");

        Assert.Equal(0, code);
        Assert.Contains("removed the checkpoint of model, replicate 1: its next run starts afresh", output, StringComparison.Ordinal);
        Assert.Equal(["other#1 /a"], Left());
        var (missing, _, error) = _tool.Run("rm", "model", "--checkpoint");
        Assert.Equal(2, missing);
        Assert.Contains("'model' has no checkpoint (those in the store are of other, replicate 1)", error, StringComparison.Ordinal);
        Assert.Equal(1, _tool.Json(0, "rm", "other", "--checkpoint").GetProperty("removed").GetArrayLength());
    }

    [Fact]
    public void Of_a_matrix_are_those_of_its_cells()
    {
        Leave("train-0_1", 1, "/a", rate: "0.1");
        Leave("train-0_2", 1, "/a", rate: "0.2");
        Leave("train-final", 1, "/a", rate: "0.1");

        Assert.Equal(2, _tool.Json(0, "rm", "train", "--checkpoint").GetProperty("removed").GetArrayLength());
        Assert.Equal(["train-final#1 /a"], Left());
    }

    [Fact]
    public void Are_named_where_they_are_collected()
    {
        Leave("model", 3, "/a/b.lnproj");
        _tool.Farm.Sh("touch -d 2001-01-01 checkpoints/*/state.json");

        var row = Assert.Single(_tool.Run("gc").Output.Split('\n'), l => l.StartsWith("checkpoint", StringComparison.Ordinal));

        Assert.StartsWith("checkpoint\tb\tmodel\t3\t", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_in_the_runs_that_went_on_from_them()
    {
        using (var store = Store.Open(_tool.Farm.StoreFolder))
        {
            var run = store.Records.History(_tool.Farm.Model().Resolved).Runs[0];
            store.Records.Add(run with
            {
                Facts = run.Facts with { Replicate = 9, Nonce = new('0', run.Facts.Nonce.Length), Resumed = new(3, TimeSpan.FromHours(2)) },
            });
        }

        Assert.Contains(", 3 tries in 02:00:00.000\t", _tool.Run("ls", "--runs").Output, StringComparison.Ordinal);
        var shown = Assert.Single(_tool.Json(0, "ls", "--runs").EnumerateArray(), r => r.TryGetProperty("resumed", out _));
        Assert.Equal(3, shown.GetProperty("resumed").GetProperty("tries").GetInt32());
    }

    [Fact]
    public void Of_several_projects_are_told_apart()
    {
        var here = _tool.Farm.ProjectFolder;
        Leave("model", 1, "/a");
        Leave("model", 1, here);
        Leave("model", 1, "/b");

        Assert.Equal(0, _tool.Run("rm", "model", "--checkpoint", "--project", _tool.Farm.Project).Code);
        Assert.Equal(["model#1 /a", "model#1 /b"], Left().Order(StringComparer.Ordinal));
        Assert.Equal(2, _tool.Run("rm", "model", "--checkpoint", "--project", _tool.Farm.Project).Code);
    }
}
