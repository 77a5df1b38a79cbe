namespace Lightnix.Model;

/// <summary>What runs a stage, as a derivation describes it, with placeholders. Each kind knows its fields and its JSON.</summary>
public abstract record Builder
{
    Builder() { }

    /// <summary><c>command</c>, <c>script</c>, <c>program</c>, <c>download</c>, <c>import</c> or <c>choice</c>.</summary>
    public string KindName => ToJson().Text("kind");

    /// <summary>True for builders that run a process: they have seeds, replicates and a working folder.</summary>
    public virtual bool Runs => false;

    /// <summary>Of a builder that runs nothing: where its result comes from, as the end of a sentence.</summary>
    public virtual string? Origin => null;

    /// <summary>The parts, for explanations.</summary>
    public abstract ImmutableArray<BuilderField> Fields { get; }

    /// <summary>The builder with the program that runs it, where none is declared.</summary>
    public virtual Builder WithProgram(string shell, Func<RelativePath, string?> interpreterOf) => this;

    /// <summary>The builder with the program of another one of its kind, where none is declared.</summary>
    public virtual Builder WithProgramOf(Builder other) => this;

    internal abstract JsonValue.Object ToJson();

    internal static Builder FromJson(JsonValue.Object json) => json.Text("kind") switch
    {
        "command" => new Command(json.Text("command"), json.OptionalText("shell")),
        "script" => new Script(
            RelativePath.ParseExact(json.Text("script")), json.OptionalTexts("arguments"), json.OptionalText("interpreter")),
        "program" => new Program(
            Reference<Tree>.Parse(json.Text("program")), RelativePath.ParseExact(json.Text("entry")), json.OptionalTexts("arguments")),
        "download" => new Download(Digest.Parse(json.Text("sha256")), json.Text("fileName"), json.Flag("unpack")),
        "import" => new Import(Reference<Tree>.Parse(json.Text("tree"))),
        "choice" => new Choice(),
        var other => throw new FormatException($"the builder kind '{other}' is not known"),
    };

    static JsonValue.Object Kind(string kind) => JsonValue.Object.Empty.With("kind", kind);

    /// <summary>A shell command.</summary>
    /// <param name="Text">Dedented, with placeholders.</param>
    /// <param name="Shell">As declared in a derivation (null: the system's default); the actual one when resolved.</param>
    public sealed record Command(string Text, string? Shell) : Builder
    {
        public override bool Runs => true;

        public override ImmutableArray<BuilderField> Fields =>
        [
            new("Command", "command", Text, "the text that the shell gets, its placeholders not yet replaced"),
            new("Shell", "shell", Shell, "the program that runs it"),
        ];

        public override Builder WithProgram(string shell, Func<RelativePath, string?> interpreterOf) =>
            Shell is null ? this with { Shell = shell } : this;

        public override Builder WithProgramOf(Builder other) =>
            Shell is null && other is Command { Shell: var shell } ? this with { Shell = shell } : this;

        internal override JsonValue.Object ToJson() => Kind("command").With("command", Text).WithOptional("shell", Shell);
    }

    /// <summary>A script, which is a source too.</summary>
    /// <param name="Path">Where it is in the working folder.</param>
    /// <param name="Arguments">Words, with placeholders.</param>
    /// <param name="Interpreter">As declared in a derivation (null: by file extension); the actual one when resolved.</param>
    public sealed record Script(RelativePath Path, ImmutableArray<string> Arguments, string? Interpreter) : Builder
    {
        public override bool Runs => true;

        public override ImmutableArray<BuilderField> Fields =>
        [
            new("Script", "script", Path.ToString(), "where it is in the working folder; its bytes are those of a source"),
            BuilderField.Arguments(Arguments),
            new("Interpreter", "interpreter", Interpreter, "the program that runs it"),
        ];

        public override Builder WithProgram(string shell, Func<RelativePath, string?> interpreterOf) =>
            Interpreter is null ? this with { Interpreter = interpreterOf(Path) } : this;

        public override Builder WithProgramOf(Builder other) =>
            Interpreter is null && other is Script { Interpreter: var interpreter } ? this with { Interpreter = interpreter } : this;

        internal override JsonValue.Object ToJson() => Kind("script").With("script", Path.ToString())
            .WithOptional("arguments", JsonValue.Texts(Arguments).Items).WithOptional("interpreter", Interpreter);
    }

    /// <summary>A .NET program: its normalised output, and the file in it that <c>dotnet</c> runs.</summary>
    public sealed record Program(Reference<Tree> Output, RelativePath Entry, ImmutableArray<string> Arguments) : Builder
    {
        public override bool Runs => true;

        public override ImmutableArray<BuilderField> Fields =>
        [
            new($"the program {Entry}", "program", Output.ToString(), "the content of its output folder"),
            new("the entry", "entry", Entry.ToString(), "the file of it that is started"),
            BuilderField.Arguments(Arguments),
        ];

        internal override JsonValue.Object ToJson() => Kind("program").With("program", Output.ToString())
            .With("entry", Entry.ToString()).WithOptional("arguments", JsonValue.Texts(Arguments).Items);
    }

    /// <summary>A download: known by its content, wherever it comes from.</summary>
    public sealed record Download(Digest Sha256, string FileName, bool Unpack) : Builder
    {
        public override string Origin => "the file that Url and Sha256 name";

        public override ImmutableArray<BuilderField> Fields =>
        [
            new("Sha256", "sha256", Sha256.ToString(), "the declared hash of what is fetched, wherever from"),
            new("FileName", "file name", FileName, "what it is called"),
            new("Unpack", "unpack", Unpack ? "true" : "false", "whether its contents are the result"),
        ];

        internal override JsonValue.Object ToJson() =>
            Kind("download").With("sha256", Sha256.ToString()).With("fileName", FileName).WithFlag("unpack", Unpack);
    }

    /// <summary>A file or folder of the working tree, taken as it is.</summary>
    public sealed record Import(Reference<Tree> Tree) : Builder
    {
        public override string Origin => "the file or folder that Path names";

        public override ImmutableArray<BuilderField> Fields =>
            [new("the imported content", "import", Tree.ToString(), "the content of the path that is taken into the store")];

        internal override JsonValue.Object ToJson() => Kind("import").With("tree", Tree.ToString());
    }

    /// <summary>It makes nothing: its candidates are the results that were chosen for its inputs.</summary>
    public sealed record Choice : Builder
    {
        public override string Origin => "the stages that From names";

        public override ImmutableArray<BuilderField> Fields => [];

        internal override JsonValue.Object ToJson() => Kind("choice");
    }
}
