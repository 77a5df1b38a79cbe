using Lightnix.Building;
using Lightnix.Storage;

namespace Lightnix.Scenarios;

/// <summary>What a builder does to its working folder is its own failure, and never the store's.</summary>
public sealed class BuildersThatSpoilTheirFolder : IDisposable
{
    static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [LinuxFact]
    public void May_close_it_to_their_own_user()
    {
        // Root may read everything.
        if (Environment.UserName != "root" || !Sh.Has("setpriv"))
            return;
        Directory.CreateDirectory(_temp["store"]);
        Sh.Run("chmod 777 . store", _temp.Folder);

        var (_, reported) = OtherProcess.Run("65534", "reuse", _temp["store"],
            """<Stage Include="made" Command="echo v > @{out}/v; chmod 0 ." />"""
            + """<Stage Include="failed" Retries="1" Command="echo said; chmod 0 .; exit 3" />""");

        Assert.Contains("stage 'failed' failed: exit code 3", reported, StringComparison.Ordinal);
        Assert.Contains("  | said", reported, StringComparison.Ordinal);
        Assert.Contains("Try 1 of 2", reported, StringComparison.Ordinal);
        Assert.DoesNotContain("LNX3003", reported, StringComparison.Ordinal);
        Assert.Contains("Completed { Stage = made", reported, StringComparison.Ordinal);
        Assert.Equal("", Sh.Run("ls work | grep -v '^............$' || true", _temp["store"]));
    }

    [LinuxFact]
    public async Task May_not_lead_Lightnix_out_of_it()
    {
        using var site = new Site();
        site.Sh("mkdir -p victim/out victim/in; echo secret > victim/out/s; touch victim/in/i; chmod 0 victim/out");

        var built = await site.BuildAsync($"""
            <Stage Include="moved" Command="cd ..; mv w w2; ln -s {site["victim"]} w" />
            <Stage Include="gone" Retries="1" Command="cd ..; rm -rf w; exit 3" />
            """).WaitAsync(Soon);

        Assert.Equal(["LNX2002", "LNX2007"], built.Errors.Select(e => e.Code).Order());
        Assert.Equal("0 secret i",
            site.Sh("echo $(stat -c %a victim/out) $(chmod 700 victim/out; cat victim/out/s) $(ls victim/in)").Trim());
    }

    [LinuxTheory]
    [InlineData("l=`echo ../../*/log-*`; rm $l; mkfifo $l")]
    [InlineData("l=`echo ../../*/log-*`; rm $l; ln -s /dev/zero $l")]
    [InlineData("l=`echo ../../*/log-*`; rm $l; mkdir $l")]
    [InlineData("ln -f VICTIM `echo ../../*/log-*`")]
    public async Task May_put_anything_in_the_place_of_its_log(string spoil)
    {
        using var site = new Site();
        site.Sh("echo theirs > victim");

        var built = await site.BuildAsync($"""
            <Stage Include="a" Retries="1" Command="{spoil.Replace("VICTIM", site["victim"], StringComparison.Ordinal)}; exit 3" />
            """).WaitAsync(Soon);

        var error = Assert.Single(built.Errors);
        Assert.Equal("LNX2002", error.Code);
        Assert.Contains("exit code 3", error.Message, StringComparison.Ordinal);
        Assert.Equal("theirs", site.Sh("cat victim").Trim());
    }

    [LinuxFact]
    public async Task May_make_huge_files_and_links_of_their_sources_before_another_try()
    {
        using var site = new Site();
        foreach (var name in new[] { "huge", "link", "fifo" })
            site.Write($"project/{name}.txt", "source");

        var built = await site.BuildAsync("""
            <Stage Include="tries" Retries="1"
                   Command="cat huge.txt link.txt fifo.txt &amp;&amp; mv huge.txt @{out}/huge.txt || true;
                            truncate -s 1T huge.txt; ln -sf /dev/zero link.txt; rm fifo.txt; mkfifo fifo.txt; exit 3" />
            <Source Include="huge.txt" Stage="tries" />
            <Source Include="link.txt" Stage="tries" />
            <Source Include="fifo.txt" Stage="tries" />
            """).WaitAsync(Soon);

        Assert.Equal("LNX2002", Assert.Single(built.Errors).Code);
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(site.Sh($"cat {site.StoreFolder}/logs/*/*"), "sourcesourcesource"));
    }
}
