
namespace Lightnix.Storage;

[Trait("Speed", "Slow")]
public sealed class AnOrdinaryUser : IDisposable
{
    internal const string Other = "65534";

    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [OtherUserFact]
    public void Has_a_store_of_his_own()
    {
        var folder = _temp.Make("out", "mkdir -p a/b; printf one > a/b/one; printf run > run; chmod 755 run");

        var (code, output) = OtherProcess.Run(Other, "take", _temp["store"], folder);

        Assert.True(code == 0, output);
        Assert.Equal($"{output.Trim()} 65534 555\n", Sh.Run("cd trees; stat -c '%n %u %a' *", _temp["store"]));
        // Another user may take the same files, although the kernel forbids him hard links to them.
        using var store = Store.Open(_temp["store"]);
        Assert.Equal(output.Trim(), store.Trees.Take(folder).Reference.ToString());
    }

    [OtherUserFact]
    public void May_use_a_store_of_others_where_permissions_allow()
    {
        var folder = _temp.Make("out", "printf one > one");
        using (var store = Store.Open(_temp["store"]))
            store.Trees.Take(folder);
        Sh.Run("find . -type d ! -path './trees/*' -exec chmod 777 {} +", _temp["store"]);

        var (code, output) = OtherProcess.Run(Other, "take", _temp["store"], _temp.Make("more", "printf one > one; printf two > two"));

        Assert.True(code == 0, output);
        Assert.Equal("onetwo", Sh.Run("cat one two", Path.Combine(_temp["store/trees"], output.Trim())));

        // What collects would have to look at where somebody else is at work.
        Sh.Run("mkdir -m 700 work/0123456789ab-1", _temp["store"]);
        (code, output) = OtherProcess.Run(Other, "plan", _temp["store"]);
        Assert.True(code == 0, output);
        Assert.Contains("Tree", output, StringComparison.Ordinal);
    }

    const string Training = """<Stage Include="model" Checkpoint="true" Command="if [ -e checkpoint/a/b ]; then """
        + "cp checkpoint/a/b @{out}/a; exit; fi; mkdir checkpoint/a; echo one > checkpoint/a/b; "
        + "chmod 555 checkpoint/a checkpoint; chmod 0 .; exit 3\" />"
        + """<Promise Include="a" Stage="model" />""";

    [OtherUserFact]
    public void Goes_on_from_a_checkpoint_of_his_own()
    {
        var (_, first) = OtherProcess.Run(Other, "reuse", _temp["store"], Training);
        Assert.Contains("Its checkpoint is kept", first, StringComparison.Ordinal);

        var (_, second) = OtherProcess.Run(Other, "reuse", _temp["store"], Training);

        Assert.Contains("try 2 goes on from its checkpoint", second, StringComparison.Ordinal);
        Assert.Contains("Completed { Stage = model", second, StringComparison.Ordinal);
        Assert.Equal("", Sh.Run("find checkpoints work -mindepth 1", _temp["store"]));
    }

    [OtherUserFact]
    public void Begins_afresh_where_another_user_has_a_checkpoint()
    {
        OtherProcess.Run("", "reuse", _temp["store"], Training);
        Sh.Run("find . -type d ! -path './trees/*' ! -path './checkpoints/*' -exec chmod 777 {} +", _temp["store"]);

        var (_, output) = OtherProcess.Run(Other, "reuse", _temp["store"], Training);

        Assert.Contains("failed: exit code 3", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Its checkpoint is kept", output, StringComparison.Ordinal);
        Assert.DoesNotContain("LNX3", output, StringComparison.Ordinal);
        Assert.Equal("one\n", Sh.Run("cat checkpoints/*/content/a/b", _temp["store"]));
    }

    [OtherUserFact]
    public async Task May_use_what_is_there_in_a_store_that_he_may_only_read()
    {
        const string items = """<Stage Include="model" Command="head -c 8 /dev/urandom > @{out}/a" />"""
            + """<Promise Include="a" Stage="model" CopyToOutputDirectory="IfDifferent" />""";
        using var site = new Scenarios.Site(_temp["store"]);
        Assert.True((await site.BuildAsync(items)).Succeeded);
        var before = Sh.Run("find . | sort", _temp["store"]);

        var (_, reused) = OtherProcess.Run(Other, "reuse", _temp["store"], items);
        Assert.Contains("nothing keeps it from its owner's garbage collection", reused, StringComparison.Ordinal);
        Assert.Contains("Ran = 0", reused, StringComparison.Ordinal);
        Assert.DoesNotContain("LNX", reused, StringComparison.Ordinal);

        var (_, other) = OtherProcess.Run(Other, "reuse", _temp["store"], items.Replace("8", "9", StringComparison.Ordinal));
        Assert.Contains($"LNX3003: stage 'model': it would have to run (it was never built here), "
            + $"and the store '{_temp["store"]}' may only be read", other, StringComparison.Ordinal);
        Assert.Equal(before, Sh.Run("find . | sort", _temp["store"]));
    }
}
