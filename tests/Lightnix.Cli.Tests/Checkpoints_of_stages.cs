using Lightnix.Hashing;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>rm --checkpoint</c>.</summary>
public sealed class Checkpoints_of_stages : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    void Leave(string stage, int replicate, string project)
    {
        using var store = Store.Open(_tool.Farm.StoreFolder);
        using var workspace = store.NewWorkspace();
        var state = new CheckpointState(new(Digest.Of(Encoding.UTF8.GetBytes(stage + project))), replicate, 1, 7, stage)
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
    public void Of_several_projects_are_told_apart()
    {
        var here = Path.GetDirectoryName(_tool.Farm.Project)!;
        Leave("model", 1, "/a");
        Leave("model", 1, here);
        Leave("model", 1, "/b");

        Assert.Equal(0, _tool.Run("rm", "model", "--checkpoint", "--project", _tool.Farm.Project).Code);
        Assert.Equal(["model#1 /a", "model#1 /b"], Left().Order(StringComparer.Ordinal));
        Assert.Equal(2, _tool.Run("rm", "model", "--checkpoint", "--project", _tool.Farm.Project).Code);
    }
}
