using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>Records that name each other as those of a build do.</summary>
static class Samples
{
    public static Derivation Derivation(string command = "make it") =>
        new() { Name = StageName.Parse("model"), Builder = new Builder.Command(command, "sh") };

    public static Resolved Resolved(string command = "make it") => new() { Builder = new Builder.Command(command, "sh") };

    public static RunFacts Facts(long order, Reference<Log>? log = null) => new()
    {
        Resolved = Resolved().Reference(),
        Derivation = Derivation().Reference(),
        Order = order,
        Nonce = $"nonce {order}",
        Start = DateTimeOffset.UnixEpoch,
        End = DateTimeOffset.UnixEpoch.AddSeconds(1),
        Host = new("host", "Linux 6", "linux-x64", "processor", 2, "1.0.0"),
        Seed = 7,
        Log = log,
    };

    /// <summary>What a build does to a store when a stage has run: everything in its order.</summary>
    public static Run BuildOnce(Store store, string output)
    {
        store.Records.Add(Derivation());
        store.Records.Add(Resolved());
        using var workspace = store.NewWorkspace();
        File.WriteAllText(workspace.LogFile, "it went well\n");
        CopyFolder(output, workspace.Out);
        var tree = store.Trees.Take(workspace.Out);
        var run = new Run(Facts(store.Records.History(Resolved().Reference()).NextOrder, store.Records.TakeLog(workspace.LogFile)),
            tree.Reference);
        store.Records.Add(run);
        store.Roots.Write(Root(run));
        return run;
    }

    public static Root Root(Run run)
    {
        var choice = new Choice(run.Facts.Derivation, [ChosenResult.Of(run.Facts.Resolved, run.Tree)], Plural: false);
        var none = ImmutableSortedDictionary.Create<string, Selection>(StringComparer.OrdinalIgnoreCase);
        return new("/home/a/project.lnproj", none.Add("model", new(choice, Matcher.Default, [], run.Facts.Order)));
    }

    static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
