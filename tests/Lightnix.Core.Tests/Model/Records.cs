using Lightnix.Hashing;
using Lightnix.Planning;

namespace Lightnix.Model;

/// <summary>
/// The bytes of every record, approved in <c>approved/records.txt</c>: stores outlive versions, so these may never change.
/// </summary>
public class Records
{
    static readonly Digest A = Digest.Of("a"u8);
    static readonly Digest B = Digest.Of("b"u8);

    static readonly Derivation Derivation = new()
    {
        Name = StageName.Parse("Train"),
        Builder = new Builder.Command("train \"@{split/x y.csv}\" \\\n  > @{out}/ä", "bash"),
        Parameters = Map(("rate", "0.10"), ("b", "")),
        Environment = Map(("OMP_NUM_THREADS", "1")),
        Sources = [new(RelativePath.Parse("run.sh"), A, true), new(RelativePath.Parse("src/x.py"), B, false)],
        Inputs = [new("data", [], new(A)), new("split", [RelativePath.Parse("test.csv"), RelativePath.Parse("x y.csv")], new(B))],
        Tools = ["awk", "git"],
        Network = true,
        Platform = "linux-x64",
        Seed = "sweep",
        Epoch = "Daily",
    };

    static readonly Resolved Resolved = new()
    {
        Builder = new Builder.Script(RelativePath.Parse("src/train.py"), ["--out", "@{out}", ""], "python3"),
        Parameters = Derivation.Parameters,
        Environment = Derivation.Environment,
        Sources = Derivation.Sources,
        Inputs = [new(RelativePath.Parse("model/1"), ContentKind.Directory, false, A),
            new(RelativePath.Parse("split/run"), ContentKind.File, true, B)],
        Tools = Map(("git", A.ToString())),
        Network = true,
        Platform = "linux-x64",
        Seed = "sweep",
        Epoch = "2026-11-22",
    };

    static readonly RunFacts Facts = new()
    {
        Resolved = new(A),
        Derivation = new(B),
        Context = ImmutableSortedDictionary.CreateRange<string, ImmutableArray<Reference<Realization>>>(Utf8Order.Instance,
            [KeyValuePair.Create("split", ImmutableArray.Create(new Reference<Realization>(B), new Reference<Realization>(A)))]),
        Replicate = 3,
        Attempt = 2,
        Seed = 744097471,
        Order = 17,
        Nonce = "0123456789abcdef",
        Start = new(2026, 11, 22, 18, 4, 5, 678, TimeSpan.FromHours(1)),
        End = new(2026, 11, 22, 17, 59, 59, TimeSpan.Zero),
        Host = new("host", "Linux 6.1", "linux-x64", "CPU @ 3 GHz", 2, "1.0.0"),
        Sandbox = "bubblewrap 0.8",
        Tools = Map(("git", "git version 2.39\n")),
        Programs = Map(("python3", "/opt/python/bin/python3")),
        Url = "https://example.org/x",
        Passed = ["HTTPS_PROXY"],
        Limits = Map(("cores", "2"), ("timeLimit", "3600")),
        Retries = 1,
        Log = new(A),
    };

    static readonly RunFacts FactsInRepository = Facts with
    {
        Revision = "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
        Dirty = false,
        Resumed = new(3, TimeSpan.FromMinutes(90)),
    };

    static readonly RunFacts LeastFacts = new()
    {
        Resolved = new(A),
        Derivation = new(B),
        Order = 1,
        Nonce = "n",
        Start = DateTimeOffset.UnixEpoch,
        End = DateTimeOffset.UnixEpoch,
        Host = new("h", "s", "p", "c", 1, "1"),
    };

    static readonly Tree Tree = Tree.Of(
    [
        new TreeEntry.File(RelativePath.Parse("b.txt"), B, 1, false),
        new TreeEntry.File(RelativePath.Parse("a b%"), A, 1234567890123, true),
        new TreeEntry.File(RelativePath.Parse("ä/😀"), A, 0, false),
        new TreeEntry.File(RelativePath.OfSegments(["ä", "\ufb33\\\n\u007f"]), A, 0, false),
        new TreeEntry.Link(RelativePath.Parse("links/to b"), "../a b%"),
        new TreeEntry.EmptyFolder(RelativePath.Parse("empty")),
    ]);

    static readonly Matcher Matcher =
        new()
        {
            Select = Select.Best,
            Take = 2,
            AtLeast = 5,
            AtMost = 7,
            LowestIsBest = true,
            Metric =
        new(RelativePath.Parse("scores.json"), "/loss")
        };

    static readonly Selection Selection = new(
        new(new(A), [new(new(A), new(B), new(B), "0.9"), new(new(B), new(B), new(B), "0.95")], Plural: true), Matcher, [B], 17);

    static readonly Selection AmongStages = new(
        new(new(B), [
            ChosenResult.Of(new(A), new(B), "0.9") with { Winner = new(StageName.Parse("train-0_1"), Map(("rate", "0.1"))) },
            ChosenResult.Of(new(B), new(B)) with { Winner = new(StageName.Parse("train").Of("data"), Map()) },
        ], Plural: true), Matcher, [B], 0)
    {
        Missing = [StageName.Parse("train-0_2"), StageName.Parse("other").Of("data")],
    };

    /// <summary>The file of a root as every version wrote it before there were choices among stages.</summary>
    const string RootOfBefore =
        """{"check":"CHECK","format":"lightnix/root/1","lockFile":"/p/lightnix.lock.json","project":"/p/x.lnproj","stages":{}}""";

    [Fact]
    public void Of_roots_keep_the_first_format_as_long_as_it_holds_them()
    {
        var none = ImmutableSortedDictionary.Create<string, Selection>(StringComparer.OrdinalIgnoreCase);
        var before = new Root("/p/x.lnproj", none) { LockFile = "/p/lightnix.lock.json" };
        var check = Digest.Of("""{"lockFile":"/p/lightnix.lock.json","project":"/p/x.lnproj","stages":{}}"""u8).ToString();
        var bytes = Encoding.UTF8.GetBytes(RootOfBefore.Replace("CHECK", check, StringComparison.Ordinal));

        Assert.Equal(bytes, before.ToBytes());
        Assert.Equal(bytes, RecordBytes.Parse<Root>(bytes).ToBytes());
        Assert.Contains("lightnix/root/1", Text(before with { Stages = none.Add("model", Selection) }), StringComparison.Ordinal);
        Assert.Contains("lightnix/root/2", Text(before with { Stages = none.Add("best", AmongStages) }), StringComparison.Ordinal);

        static string Text(Root root) => Encoding.UTF8.GetString(root.ToBytes());
    }

    static Selection Intermediate => Selection with
    {
        Choice = new(Selection.Derivation, [ChosenResult.Of(new(A), new(B), "0.9")], Plural: false),
        IsIntermediate = true,
    };

    [Fact]
    public void Of_intermediate_stages_come_back_in_a_later_format()
    {
        var root = new Root("/p/x.lnproj", ImmutableSortedDictionary.Create<string, Selection>(StringComparer.OrdinalIgnoreCase)
            .Add("model", Intermediate));

        Assert.True(RecordBytes.Parse<Root>(root.ToBytes()).Stages["model"].IsIntermediate);
        Assert.Contains("lightnix/root/2", Encoding.UTF8.GetString(root.ToBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_choices_among_stages_come_back()
    {
        var root = new Root("/p/x.lnproj",
            ImmutableSortedDictionary.Create<string, Selection>(StringComparer.OrdinalIgnoreCase).Add("best", AmongStages));

        var read = RecordBytes.Parse<Root>(root.ToBytes()).Stages["best"];

        Assert.Equal(AmongStages.Results.AsEnumerable(), read.Results);
        Assert.Equal(AmongStages.Missing.AsEnumerable(), read.Missing);
    }

    [Fact]
    public void Have_the_approved_bytes()
    {
        var text = new StringBuilder();

        Add(text, "derivation", Derivation);
        Add(text, "derivation, the least", new Derivation { Name = StageName.Parse("a"), Builder = new Builder.Import(new(A)) });
        Add(text, "derivation of a program",
            new Derivation
            {
                Name = StageName.Parse("a"),
                Builder =
            new Builder.Program(new(A), RelativePath.Parse("Trainer.dll"), ["--seed", "@{seed}"])
            });
        Add(text, "derivation of a download",
            new Derivation { Name = StageName.Parse("a"), Builder = new Builder.Download(A, "mnist.zip", true) });
        Add(text, "resolved", Resolved);
        Add(text, "resolved, the least", new Resolved { Builder = new Builder.Download(A, "x", false) });
        Add(text, "realization", new Realization(new(A), new(B)));
        Add(text, "run", new Run(Facts, new(B)));
        Add(text, "run, the least", new Run(LeastFacts, new(B)));
        Add(text, "adoption", new Run(LeastFacts, new(B))
        {
            Adopted = new(new(A), new(B), "only a comment", "somebody", new DateTimeOffset(2026, 11, 22, 0, 30, 0, TimeSpan.Zero)),
        });
        Add(text, "withdrawal", new Withdrawal(new(A), "somebody", new DateTimeOffset(2026, 11, 22, 0, 30, 0, TimeSpan.Zero)));
        Add(text, "run in a repository", new Run(FactsInRepository, new(B)));
        Add(text, "failure in a repository", new Failure(LeastFacts with { Dirty = true }, 1, "exit code 1"));
        Add(text, "failure", new Failure(Facts, 137, "exit code 137"));
        Add(text, "failure without an exit code", new Failure(LeastFacts, null, "refused output"));
        Add(text, "rejection", new Rejection(new(A), "trained with the wrong labels", "somebody",
            new DateTimeOffset(2026, 11, 22, 0, 30, 0, TimeSpan.FromHours(1))));
        Add(text, "root", new Root("/project/x.lnproj",
            ImmutableSortedDictionary.Create<string, Selection>(StringComparer.OrdinalIgnoreCase).Add("model", Selection)));
        Add(text, "root with a choice among stages", new Root("/project/x.lnproj",
            ImmutableSortedDictionary.Create<string, Selection>(StringComparer.OrdinalIgnoreCase)
                .Add("best", AmongStages).Add("model", Selection)));
        Add(text, "root with an intermediate stage", new Root("/project/x.lnproj",
            ImmutableSortedDictionary.Create<string, Selection>(StringComparer.OrdinalIgnoreCase)
                .Add("model", Intermediate)));
        Add(text, "derivation of a choice", new Derivation
        {
            Name = StageName.Parse("best"),
            Builder = new Builder.Choice(),
            Inputs = [new("data.train", [], new(A)), new("train-0_1", [], new(B))],
        });
        Add(text, "pin",
            new Pin(new(A), new(B), new(A), "published", "somebody", new DateTimeOffset(2026, 11, 22, 0, 30, 0, TimeSpan.FromHours(1))));
        Add(text, "pin with a name", new Pin(
            new(A), new(B), new(A), "", "somebody", new DateTimeOffset(2026, 11, 22, 0, 30, 0, TimeSpan.Zero))
        {
            Name = StageName.Parse("published"),
        });
        Add(text, "note", new Note(A, "with the new labels", "somebody", new DateTimeOffset(2026, 11, 22, 0, 30, 0, TimeSpan.Zero)));
        text.Append($"# tree\n{Tree.Reference}\n{Encoding.UTF8.GetString(Tree.Bytes)}\n# empty "
            + $"tree\n{Tree.Of([]).Reference}\n{Encoding.UTF8.GetString(Tree.Of([]).Bytes)}");

        Approved.Equal("Model/approved/records.txt", text.ToString());
    }

    [Fact]
    public void Keep_the_paths_that_a_file_system_has()
    {
        var derivation = Derivation with { Sources = [new(RelativePath.OfSegments(["a\\b", "c:"]), A, false)] };

        Assert.Equal(derivation.Sources.AsEnumerable(), RecordBytes.Parse<Derivation>(derivation.ToBytes()).Sources);
    }

    [Fact]
    public void Are_refused_in_a_format_that_is_not_known()
    {
        var bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(new Realization(new(A), new(B)).ToBytes())
            .Replace("realization/1", "realization/2", StringComparison.Ordinal));

        var problem = Assert.Throws<FormatException>(() => RecordBytes.Parse<Realization>(bytes));

        Assert.Equal("the format is 'lightnix/realization/2'; this Lightnix reads 'lightnix/realization/1' here", problem.Message);
    }

    [Fact]
    public void Of_runs_have_the_oldest_format_that_holds_them()
    {
        Assert.Equal("lightnix/run/1", new Run(Facts, new(B)).OwnFormat);
        Assert.Equal("lightnix/run/2", new Run(FactsInRepository, new(B)).OwnFormat);
        Assert.Equal("lightnix/failure/2", new Failure(FactsInRepository, 1, "").OwnFormat);
        var adoption = new Adoption(new(A), new(B), "a comment", "me@here", Facts.End);
        Assert.Equal("lightnix/adoption/1", new Run(FactsInRepository, new(B)) { Adopted = adoption }.OwnFormat);
        Assert.Equal("lightnix/adoption/2", new Run(Facts, new(B)) { Adopted = adoption with { Project = "/p" } }.OwnFormat);
        Assert.False(Reads<Run>("lightnix/run/3"));

        static bool Reads<T>(string format) where T : class, IRecord<T> => T.Reads(format);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\":1}")]
    [InlineData("{\"format\":\"lightnix/realization/1\"}")]
    [InlineData("{\"format\":\"lightnix/realization/1\",\"resolved\":\"x\",\"tree\":\"y\"}")]
    public void Are_refused_where_something_is_missing(string text) =>
        Assert.Throws<FormatException>(() => RecordBytes.Parse<Realization>(Encoding.UTF8.GetBytes(text)));

    // Every record also comes back from its bytes.
    static void Add<T>(StringBuilder text, string title, T record) where T : class, IRecord<T>
    {
        Assert.Equal(record.ToBytes(), RecordBytes.Parse<T>(record.ToBytes()).ToBytes());
        text.Append($"# {title}\n{record.Reference()}\n{Encoding.UTF8.GetString(record.ToBytes())}\n\n");
    }

    static ImmutableSortedDictionary<string, string> Map(params (string Key, string Value)[] pairs) =>
        pairs.ToImmutableSortedDictionary(p => p.Key, p => p.Value, Utf8Order.Instance);
}
