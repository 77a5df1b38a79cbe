using static Lightnix.Planning.Wording;

namespace Lightnix.Planning;

/// <summary>The catalogue of LNX1xxx: every mistake of declaration. Each message names the item, quotes the bad value, and says what to
/// write instead. <c>docs/diagnostics.md</c> has a section for each code.</summary>
public static class DeclarationErrors
{
    internal static Diagnostic DuplicateStage(DeclaredItem item, DeclaredItem first) =>
        Error("LNX1001", item, null,
            $"there is a stage '{first.Include}' already; names are equal without regard to case. Rename one of them");

    internal static Diagnostic DuplicateCell(DeclaredItem item, StageName cell, DeclaredItem first) =>
        Error("LNX1001", item, Names.Matrix, first == item
            ? $"stage '{item.Include}': two combinations of its matrix are both named '{cell}', because a name cannot hold what "
                + "differs between them. Take values that differ in letters and digits"
            : $"stage '{item.Include}': its matrix makes a stage '{cell}', and there is one already. Rename one of them");

    internal static Diagnostic DuplicateValue(DeclaredItem item, string axis, string value) =>
        Error("LNX1001", item, Names.Matrix,
            $"stage '{item.Include}': the axis '{axis}' of its matrix has the value '{value}' twice, and both would make stages of one "
                + "name. Leave one of them");

    internal static Diagnostic DeviceName(DeclaredItem item, string name) =>
        Warning("LNX2011", item, null,
            $"stage '{item.Include}': '{name}' is a device on Windows, where no folder can have this name; take another name");

    internal static Diagnostic IllegalStageName(DeclaredItem item) =>
        Error("LNX1002", item, null,
            $"'{item.Include}' is not a stage name: a letter, then letters, digits, '_' and '-', at most {StageName.MaxLength} "
            + "characters");

    internal static Diagnostic ReservedStageName(DeclaredItem item) =>
        Error("LNX1002", item, null,
            $"'{item.Include}' cannot be a stage name: {And(StageName.Reserved)} have a meaning of their own in placeholders. Take "
            + "another name");

    internal static Diagnostic IllegalCellName(DeclaredItem item, string cell) =>
        Error("LNX1002", item, Names.Matrix,
            $"stage '{item.Include}': its matrix makes a stage '{cell}', which is no stage name: at most {StageName.MaxLength} "
            + "characters. Take a shorter name or shorter values");

    internal static Diagnostic UnknownPlaceholder(DeclaredItem item, string metadata, string text, IEnumerable<string> known,
        string? nearest) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': '@{{{text}}}' is not known{Ask(nearest)} Known: {And(known.Select(k => $"@{{{k}}}"))}; a "
            + "literal '@{' is written '@@{'");

    internal static Diagnostic MalformedCell(DeclaredItem item, string metadata, string text) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': '{Written(metadata, text)}' does not say which cells of a matrix it "
            + "means; that is written as 'train[rate=0.1,depth=3]'");

    internal static Diagnostic UnclosedPlaceholder(DeclaredItem item, string metadata, string text) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': '{Shorten(text)}' begins a placeholder that no '}}' ends; a literal '@{{' is written '@@{{'");

    internal static Diagnostic UnknownParameter(DeclaredItem item, string metadata, string text, IEnumerable<string> known) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': '@{{{text}}}' is not "
            + $"known{Ask(Spelling.Nearest(text["params.".Length..], known) is { } n ? $"@{{params.{n}}}" : null)} "
            + (known.Any() ? $"Its parameters are {And(known)}" : "It has no parameters; declare some with Parameters=\"name=value\""));

    internal static Diagnostic UnknownInput(DeclaredItem item, string metadata, string text, IEnumerable<string> known,
        string? nearest) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': '{text}' in {metadata} is no stage{Ask(nearest)} "
            + $"{(known.Any() ? $"Known: {And(known)}" : "The project has no other stages")}");

    internal static Diagnostic PathInInputs(DeclaredItem item, string metadata, string text) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': '{text}' in {metadata} names a path; {metadata} takes whole stages, '{text.Split('/')[0]}'. "
            + (metadata == Names.From ? "A path is named where the choice is read"
                : $"A single path is named where it is used, as '@{{{text}}}'"));

    internal static Diagnostic UnknownCell(DeclaredItem item, string metadata, string text, CellFault fault) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': '{Written(metadata, text)}' names nothing: {Explain(fault)}");

    internal static Diagnostic PlaceholderElsewhere(DeclaredItem item, string metadata, string text) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': '@{{{text}}}' stands in {metadata}, where nothing is expanded; placeholders belong into "
            + "Command, Arguments and Environment");

    internal static Diagnostic PlaceholderInSeed(DeclaredItem item, string text) =>
        Error("LNX1003", item, Names.Seed,
            $"stage '{item.Include}': '@{{{text}}}' stands in Seed, where only '@{{params.name}}' is expanded; a literal '@{{' is "
            + "written '@@{'");

    /// <summary>A path below an output folder does not begin with it.</summary>
    internal static Diagnostic PlaceholderInPath(DeclaredItem item, string? metadata, string placeholder, string? meant) =>
        Error("LNX1003", item, metadata,
            $"{Subject(item)}: '{placeholder}' stands in {metadata ?? "its path"}, where nothing is expanded; "
            + (meant is null ? "a path below the output folder is written as 'model.zip' or 'plots/roc.png'"
                : $"write '{meant}', the path below the output folder"));

    internal static Diagnostic PlaceholderInSource(DeclaredItem item, string placeholder) =>
        Error("LNX1003", item, null,
            $"{Subject(item)}: '{placeholder}' stands in its path, where nothing is expanded; a source is a file of the project. What a "
                + "stage makes is read where it is named, as '@{model/model.txt}' in Command or Arguments");

    internal static Diagnostic NotAWholeWord(DeclaredItem item, string metadata, string text) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': '@{{{text}}}' means several folders and must be a whole word of the command, without quotes or "
            + "text around it; it becomes several words");

    internal static Diagnostic PluralInVariable(DeclaredItem item, string text) =>
        Error("LNX1003", item, Names.Environment,
            $"stage '{item.Include}': '@{{{text}}}' means several folders, and a variable has one value; write it into Command or "
            + "Arguments, or let the builder read the inputs from the file that LIGHTNIX_CONTEXT names");

    internal static Diagnostic SeveralPlurals(DeclaredItem item, string metadata, IEnumerable<string> texts) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': {And(texts.Select(t => $"@{{{t}}}"))} each mean several folders and stand in one word, which "
            + "can be repeated for one of them only; make them words of their own");

    internal static Diagnostic UnknownPattern(string property, string pattern, Severity severity, IEnumerable<string> known,
        string? nearest) =>
        new("LNX1003", severity,
            $"{property}: no stage is called '{pattern}'{Ask(nearest)} Known: {And(known)}"
            + (severity == Severity.Error ? "" : ". A stage of a project further away is named with it, as 'project:stage'"));

    internal static Diagnostic UnknownProject(string property, string project, string stage, Severity severity, IEnumerable<string> known,
        string? nearest) =>
        new("LNX1003", severity,
            $"{property}: no project is called '{project}'{Ask(nearest is null ? null : $"{nearest}:{stage}")} A project is called by its "
            + $"file name without the ending. Known: {And(known)}");

    internal static Diagnostic NothingToRun(IEnumerable<string> known) =>
        new("LNX1003", Severity.Error,
            "LightnixRun makes one new replicate of each stage that LightnixStages names, and it names none of this project; say "
            + $"-p:LightnixStages=<name>. There are {And(known)}");

    internal static Diagnostic Cycle(ImmutableArray<StageDraft> path)
    {
        // A cycle of a thousand stages is understood from its ends.
        var names = path.Select(d => d.Item.Include).ToList();
        var half = MostListed / 2;
        var shown = names.Count <= MostListed ? names
            : [.. names[..half], $"… {Number(names.Count - MostListed)} more …", .. names[^half..]];
        return Error("LNX1004", path[0].Item, null,
            $"{string.Join(" -> ", shown)}: each of these stages needs the next, so none can be first. Take one of the references out");
    }

    internal static Diagnostic NotPromised(
        DeclaredItem item, string metadata, string text, string path, StageName stage, IEnumerable<RelativePath> promises) =>
        Error("LNX1005", item, metadata,
            $"stage '{item.Include}': '@{{{text}}}' is not promised by '{stage}'. {PromisesOf(stage, path, promises)}");

    internal static Diagnostic NoBuilder(DeclaredItem item, IEnumerable<string> builders) =>
        Error("LNX1006", item, null, $"stage '{item.Include}' has no builder; give it one of {And(builders)}");

    internal static Diagnostic SeveralBuilders(DeclaredItem item, IEnumerable<string> builders) =>
        Error("LNX1006", item, null, $"stage '{item.Include}' has several builders, {And(builders)}; leave one, or make two stages of it");

    internal static Diagnostic NoInterpreter(DeclaredItem item, string file) =>
        Error("LNX1006", item, Names.Script,
            $"stage '{item.Include}': nothing is known to run the script '{file}'; name it in Interpreter, or give the file one of "
            + $"the endings {And(Interpreters.ByExtension.Keys)}");

    internal static Diagnostic IllegalPromisePath(DeclaredItem item) =>
        Error("LNX1007", item, null,
            $"'{item.Include}' cannot be promised: a promise is a relative path below the output folder without '..', as 'model.zip' "
            + "or 'plots/roc.png'");

    /// <summary>A wildcard in a promise. MSBuild may have replaced it by files that are there before the build, or by nothing.</summary>
    /// <param name="include">As the author wrote it.</param>
    /// <param name="item">The item, where MSBuild left one.</param>
    public static Diagnostic WildcardInPromise(string include, DeclaredItem? item = null) =>
        new("LNX1007", Severity.Error,
            $"'{include}' cannot be promised: MSBuild replaces a wildcard by the files that are there before the build, or by "
            + "nothing. Promise the folder, as Include=\"plots\" Pattern=\"*.png\" MinCount=\"3\"", item);

    /// <param name="limit">The one that it breaks, as a sentence.</param>
    internal static Diagnostic LongPromisePath(DeclaredItem item, string limit) =>
        Error("LNX1007", item, null, $"'{Visible.Short(item.Include)}' cannot be promised: {limit}; shorten it");

    internal static Diagnostic UnknownStageOf(DeclaredItem item, string? metadata, string text, IEnumerable<string> known,
        string? nearest) =>
        Error("LNX1008", item, metadata,
            $"{Subject(item)} is for a stage '{text}' that is not there{Ask(nearest)} "
            + $"{(known.Any() ? $"Known: {And(known)}" : "The project has no stages")}");

    internal static Diagnostic UnknownCellOf(DeclaredItem item, string? metadata, string text, CellFault fault) =>
        Error("LNX1008", item, metadata, $"{Subject(item)} is for '{text}', which names nothing: {Explain(fault)}");

    internal static Diagnostic PromiseWithoutStage(DeclaredItem item) =>
        Error("LNX1008", item, Names.Stage, $"promise '{item.Include}' is for no stage; say whose it is with Stage=\"name\"");

    internal static Diagnostic SourceOfNoRun(DeclaredItem item, string stage, BuilderKinds kind) =>
        Error("LNX1008", item, Names.Stage,
            $"source '{item.Include}' is for '{stage}', {Describe(kind)}, which reads no sources; take it out of Stage");

    internal static Diagnostic UnknownMetadata(DeclaredItem item, string name, string? nearest, ItemKind? home) =>
        Error("LNX1009", item, name, home is { } kind
            ? $"{Subject(item)}: '{name}' means nothing here; it belongs on a <{kind}>"
            : $"{Subject(item)}: '{name}' is not known{Ask(nearest)} Metadata of your own begin with '_'");

    internal static Diagnostic MetadataWithoutEffect(DeclaredItem item, string name, BuilderKinds kind, BuilderKinds goesWith) =>
        Error("LNX1009", item, name,
            $"stage '{item.Include}': {name} means nothing to {Describe(kind)}; it goes with "
            + $"{Or(Schema.Builders.Where(b => goesWith.HasFlag(b.Kind)).Select(b => b.Name))}. Take it out");

    internal static Diagnostic MisusedMatcher(DeclaredItem item, string metadata, string value, string right) =>
        Error("LNX1010", item, metadata, $"matcher of '{item.Include}': '{value}' in {metadata} is wrong: {right}");

    internal static Diagnostic IncompleteMatcher(DeclaredItem item, Select select, string metadata, string right) =>
        Error("LNX1010", item, Names.Select, $"matcher of '{item.Include}': '{select}' in Select needs {metadata}: {right}");

    internal static Diagnostic SecondMatcher(DeclaredItem item, DeclaredItem first) =>
        Error("LNX1010", item, null,
            $"stage '{item.Include}' has a matcher already{(first.Include == item.Include ? "" : $", that of '{first.Include}'")}; "
            + "leave one of them");

    internal static Diagnostic MatcherOfFixedOutput(DeclaredItem item, string metadata, string value, BuilderKinds kind) =>
        Error("LNX1010", item, metadata,
            $"matcher of '{item.Include}': '{value}' in {metadata} is wrong: the stage is {Describe(kind)}, which has one realization "
            + "and no seed. Take it out");

    internal static Diagnostic MetricNotPromised(DeclaredItem item, string metric, StageName stage, IEnumerable<RelativePath> promises) =>
        Error("LNX1010", item, Names.Metric,
            $"matcher of '{item.Include}': the metric '{metric}' is not promised by '{stage}'. "
            + $"{PromisesOf(stage, metric.Split('#')[0], promises)}");

    /// <summary>What is there and cannot be taken: unreadable, or something that no tree may hold.</summary>
    internal static Diagnostic Refused(DeclaredItem item, string? metadata, ContentException refusal) =>
        Error(refusal.Code, item, metadata, $"{Subject(item)}: {refusal.Message}");

    /// <summary>The same of an imported folder, which is taken as a whole.</summary>
    internal static Diagnostic RefusedFolder(DeclaredItem item, string path, ContentException refusal) =>
        Error(refusal.Code, item, Names.Path,
            $"{Subject(item)}: {refusal.Message}. An import takes the whole folder: move the named paths out of it, import a folder below "
            + "it, or read its files in a stage with a Command, "
            + $"as <Source Include=\"{path.TrimEnd('/', '\\')}/**\" Stage=\"{item.Include}\" />");

    internal static Diagnostic SourceInReservedFolder(DeclaredItem item, RelativePath path, string? metadata) =>
        Error("LNX1013", item, metadata,
            $"{Subject(item)}: '{path}' cannot be a source, because "
            + (path.ToString().StartsWith('.')
                ? "LIGHTNIX_CONTEXT names a file of this name"
                : "'in' and 'out' in the working folder are for inputs and output")
            + (item.Kind == ItemKind.Source ? "; move it, or say with Link where it shall be" : "; move it"));

    internal static Diagnostic EqualTargets(DeclaredItem item, RelativePath target, StageName stage, DeclaredItem first,
        StageName firstStage) =>
        Error("LNX1014", item, null, first == item && stage != firstStage
            ? $"promise '{item.Include}' is copied to '{target}' from '{firstStage}' and from '{stage}'; copy it from one stage, or "
                + "make a promise with a Link for each; of a matrix, a Link may hold '@{params.axis}'"
            : $"promise '{item.Include}' of '{stage}' is copied to '{target}', and so is '{first.Include}' of '{firstStage}'; give "
                + "one of them a Link, or copy one only");

    internal static Diagnostic UnknownInLink(DeclaredItem item, string text, string stage, IEnumerable<string> known) =>
        Error("LNX1003", item, Names.Link,
            $"promise '{item.Include}': '{text}' in Link is not "
                + $"known{(known.Any() ? $". Of '{stage}', it may hold {And(known)}" : $": '{stage}' has no parameters")}");

    internal static Diagnostic EqualSourcePaths(DeclaredItem item, RelativePath path, string file, string first) =>
        Error("LNX1014", item, null,
            $"{Subject(item)}: two files would be '{path}' in the working folder, '{first}' and '{file}'; give one of them another "
            + "Link, or name their stages");

    internal static Diagnostic IllegalValue(DeclaredItem item, string metadata, string value, string right) =>
        Error("LNX1016", item, metadata, value.Length == 0
            ? $"{Subject(item)}: {metadata} is missing: {right}"
            : $"{Subject(item)}: '{Shorten(value)}' in {metadata} is wrong: {right}");

    internal static Diagnostic UnknownValue(DeclaredItem item, string metadata, string value, IEnumerable<string> words) =>
        IllegalValue(item, metadata, value, $"{metadata} is {Or(words)}{Guess(Spelling.Nearest(value, words))}");

    internal static Diagnostic UnusualItemType(DeclaredItem item, string value, string meant) =>
        Warning("LNX1016", item, Names.OutputItemType,
            $"{Subject(item)}: no target of .NET knows items of the type '{value}'{Guess(meant)} Items of your own may be called so");

    internal static Diagnostic ConstraintDoesNotFit(
        DeclaredItem item, string metadata, string value, PromiseType type, ImmutableArray<PromiseType> types) =>
        IllegalValue(item, metadata, value,
            $"{metadata} does not go with Type=\"{type}\"; it goes with "
            + $"{Or(types.Select(t => t.ToString()))}{(metadata is Names.Min or Names.Max ? ", or with Json and a Pointer" : "")}");

    internal static Diagnostic SourceOutside(DeclaredItem item, string include) =>
        Error("LNX1017", item, Names.Link,
            $"source '{include}' is outside of the project's folder; say with Link where it shall be in the working folder, as "
            + "Link=\"shared/%(Filename)%(Extension)\"");

    internal static Diagnostic ScriptOutside(DeclaredItem item, string script) =>
        Error("LNX1017", item, Names.Script,
            $"stage '{item.Include}': the script '{script}' is outside of the project's folder; add <Source Include=\"{script}\" "
            + $"Link=\"{script[(script.AsSpan().LastIndexOfAny('/', '\\') + 1)..]}\" Stage=\"{item.Include}\" />, which says where it "
            + "shall be in the working folder");

    internal static Diagnostic Error(string code, DeclaredItem item, string? metadata, string message) =>
        new(code, Severity.Error, message, item, metadata);

    static Diagnostic Warning(string code, DeclaredItem item, string? metadata, string message) =>
        new(code, Severity.Warning, message, item, metadata);
}
