namespace Lightnix.Planning;

/// <summary>Looks up what the placeholders and the <c>Inputs</c> of a stage mean.</summary>
sealed class ReferenceReader(StageIndex index, ReferencedStages referenced, ReadableStages readable, Findings findings)
{
    const string ParameterPrefix = "params.";
    static readonly ImmutableArray<string> Words = ["out", "seed", "replicate", "cores"];

    // Metadata where an author might expect that placeholders are expanded.
    static readonly ImmutableArray<string> Elsewhere =
        [Names.Parameters, Names.Path, Names.Program, Names.Script, Names.Url];

    public StageLinks Read(StageDraft draft)
    {
        var (reading, before) = (new Reading(draft), findings.Count);
        foreach (var input in draft.Inputs)
            AddInput(reading, input);
        var (metadata, texts) = draft.Builder?.Templates ?? ("", []);
        var templates = texts.Select(text => Parse(draft, metadata, text, placeholder => Bind(reading, metadata, placeholder)))
            .ToImmutableArray();
        foreach (var template in templates)
            WholeWords.Check(draft, template, findings);
        var variables = Variables(reading);
        CheckElsewhere(draft);
        return new(templates, variables, reading.Needs, reading.Drafts.Count < 2 ? [.. reading.Drafts] : [.. reading.Drafts.Distinct()])
        {
            IsWhole = reading.IsWhole && findings.Count == before,
            Seed = draft.Seed is { } seed ? Parse(draft, Names.Seed, seed, text => BindInSeed(draft, text)) : null,
        };
    }

    ImmutableSortedDictionary<string, Template> Variables(Reading reading)
    {
        var variables = PlannedStage.NoTemplates;
        foreach (var (name, value) in reading.Draft.Environment)
        {
            if (!value.Contains("@{", StringComparison.Ordinal))
                continue;
            variables = variables.Add(name, Parse(reading.Draft, Names.Environment, value, text => Bind(reading, Names.Environment, text)));
            WholeWords.CheckVariable(reading.Draft, variables[name], findings);
        }
        return variables;
    }

    Template Parse(StageDraft draft, string metadata, string text, Func<string, TemplatePart?> bind)
    {
        var parts = ImmutableArray.CreateBuilder<TemplatePart>();
        var pieces = PlaceholderText.Parse(text, out var unclosed);
        foreach (var piece in pieces)
        {
            var part = piece.IsPlaceholder ? bind(piece.Text) : new TemplatePart.Literal(piece.Text);
            if (part is not null)
                parts.Add(part);
        }
        if (unclosed is not null)
            findings.Add(DeclarationErrors.UnclosedPlaceholder(draft.Item, metadata, unclosed));
        return new(parts.ToImmutable());
    }

    // The seed is part of the derivation, so it may hold what is known before anything runs.
    TemplatePart.Parameter? BindInSeed(StageDraft draft, string text)
    {
        if (text.StartsWith(ParameterPrefix, StringComparison.OrdinalIgnoreCase))
            return BindParameter(draft, Names.Seed, text);
        findings.Add(DeclarationErrors.PlaceholderInSeed(draft.Item, text));
        return null;
    }

    TemplatePart? Bind(Reading reading, string metadata, string text)
    {
        if (text.StartsWith(ParameterPrefix, StringComparison.OrdinalIgnoreCase))
            return BindParameter(reading.Draft, metadata, text);
        return text.ToLowerInvariant() switch
        {
            "out" => new TemplatePart.Out(),
            "seed" => new TemplatePart.Seed(),
            "replicate" => new TemplatePart.Replicate(),
            "cores" => new TemplatePart.Cores(),
            WorkingFolder.Checkpoint => BindCheckpoint(reading.Draft, metadata),
            _ => BindInput(reading, metadata, text),
        };
    }

    TemplatePart.Checkpoint BindCheckpoint(StageDraft draft, string metadata)
    {
        if (!draft.Execution.Checkpoint)
            findings.Add(CheckpointErrors.None(draft.Item, metadata));
        return new();
    }

    TemplatePart.Parameter? BindParameter(StageDraft draft, string metadata, string text)
    {
        var name = text[ParameterPrefix.Length..];
        if (draft.ParameterNames.Contains(name, StringComparer.Ordinal))
            return new(name);
        if (draft.ParametersAreWhole)
            findings.Add(DeclarationErrors.UnknownParameter(draft.Item, metadata, text, draft.ParameterNames));
        return null;
    }

    TemplatePart.Input? BindInput(Reading reading, string metadata, string text)
    {
        if (!StageReference.TryParse(text, out var reference) || Resolve(reading, metadata, text, reference) is not { } cells)
        {
            if (reference is null)
                findings.Add(DeclarationErrors.MalformedCell(reading.Draft.Item, metadata, text));
            return null;
        }
        var isPath = RelativePath.TryParse(reference.Path ?? "", out var found);
        var path = found ?? RelativePath.Root;
        if (cells.FirstOrDefault(c => !isPath || (!path.IsRoot && !readable.Covers(c, path))) is { } without)
        {
            findings.Add(
                DeclarationErrors.NotPromised(reading.Draft.Item, metadata, text, reference.Path!, without, readable.PromisesOf(without)));
            return null;
        }
        foreach (var cell in cells)
        {
            if (path.IsRoot)
                reading.Needs.AddWhole(cell);
            else
                reading.Needs.Add(cell, path);
        }
        return new([.. cells.Order().Select(cell => cell.Folder)], path)
        {
            IsPlural = cells.Length > 1 || cells.Any(readable.IsPlural),
            Written = text,
        };
    }

    void AddInput(Reading reading, string text)
    {
        var list = reading.Draft.InputList;
        if (index.Find(text) is { Draft.Name: null } illegal)
        {
            reading.Linked(illegal);
            return;
        }
        if (!StageReference.TryParse(text, out var reference))
            findings.Add(DeclarationErrors.MalformedCell(reading.Draft.Item, list, text));
        else if (reference.Path is not null && (reference.Project is not null || index.Find(reference.Stage) is not null))
            findings.Add(DeclarationErrors.PathInInputs(reading.Draft.Item, list, text));
        else if (Resolve(reading, list, text, reference) is { } cells)
            foreach (var cell in cells)
                reading.Needs.AddWhole(cell);
    }

    // The names of the referenced stages; null where a mistake was reported.
    ImmutableArray<StageName>? Resolve(Reading reading, string metadata, string text, StageReference reference)
    {
        var item = reading.Draft.Item;
        // That name is a mistake of its own.
        if (index.Find(text) is { Draft.Name: null } illegal)
            return [.. reading.Linked(illegal).Cells.Select(c => c.Name)];
        if (reference.Project is not null && referenced.AreUnknown)
            reading.IsWhole = false;
        if (reference.Project is { } project)
            return referenced.AreUnknown ? null : ResolveForeign(item, metadata, text, reference, project);
        if (index.Resolve(reference, out var fault) is { } match)
            return [.. reading.Linked(match).Cells.Select(c => c.Name)];
        findings.Add(fault is not null ? DeclarationErrors.UnknownCell(item, metadata, text, fault)
            : metadata == reading.Draft.InputList ? DeclarationErrors.UnknownInput(item, metadata, text, index.NamesBeside(reading.Draft),
                Other(reading.Draft, index.Nearest(reference.Stage)))
            : Unknown(reading.Draft, metadata, text, reference));
        return null;
    }

    ImmutableArray<StageName>? ResolveForeign(DeclaredItem item, string metadata, string text, StageReference reference, string project)
    {
        var files = referenced.Files(project);
        var known = referenced.Names(project);
        CellFault? fault = null;
        if (files.IsEmpty)
            findings.Add(ReferencedStageErrors.UnknownProject(item, metadata, text, project, referenced.Projects));
        else if (files.Length > 1)
            findings.Add(ReferencedStageErrors.AmbiguousProject(item, metadata, text, project, files));
        else if (!ReferencedStages.IsLawful(project))
            findings.Add(ReferencedStageErrors.UnlawfulProject(item, metadata, text, project));
        else if (known.IsEmpty)
            findings.Add(ReferencedStageErrors.NoStagesInProject(item, metadata, text, project, files[0]));
        else if (referenced.Resolve(project, reference, out fault) is { IsEmpty: false } stages)
            return stages;
        else if (fault is not null)
            findings.Add(DeclarationErrors.UnknownCell(item, metadata, text, fault));
        else
            findings.Add(
                ReferencedStageErrors.UnknownReferenced(item, metadata, text, referenced.Canonical(project), reference.Stage, known));
        return null;
    }

    Diagnostic Unknown(StageDraft draft, string metadata, string text, StageReference reference)
    {
        var words = Words.Concat(draft.Execution.Checkpoint ? [WorkingFolder.Checkpoint] : [])
            .Concat(draft.ParameterNames.Select(p => ParameterPrefix + p)).ToList();
        var others = index.NamesBeside(draft);
        var word = Spelling.Nearest(reference.Stage, words);
        var nearest = (word ?? index.Nearest(reference.Stage)) is { } name && name != draft.Item.Include
            ? reference.Path is not { } path ? $"@{{{name}}}" : word is null ? $"@{{{name}/{path}}}" : $"@{{{name}}}/{path}"
            : null;
        return DeclarationErrors.UnknownPlaceholder(draft.Item, metadata, text, words.Concat(others), nearest);
    }

    string? Other(StageDraft draft, string? name) => name is not null && index.Find(name)!.Draft.Number != draft.Number ? name : null;

    // A placeholder that stays as it is would be noticed late, or never: it is text like any other to a program.
    void CheckElsewhere(StageDraft draft)
    {
        foreach (var name in Elsewhere.Where(n => draft.Item.Find(n)?.Contains('{', StringComparison.Ordinal) == true))
        {
            var pieces = PlaceholderText.Parse(Escapes.Decode(draft.Item.Find(name)!), out _);
            foreach (var piece in pieces.Where(p => p.IsPlaceholder && (IsFile(name) || IsKnown(p.Text))))
                findings.Add(DeclarationErrors.PlaceholderElsewhere(draft.Item, name, piece.Text));
        }
    }

    // Values of Parameters may contain '@{…}' of another language. No other value may.
    static bool IsFile(string name) => name is not Names.Parameters;

    bool IsKnown(string text) =>
        Words.Contains(text, StringComparer.OrdinalIgnoreCase)
        || text.StartsWith(ParameterPrefix, StringComparison.OrdinalIgnoreCase)
        || (StageReference.TryParse(text, out var reference) && index.Find(reference.Stage) is not null);

    /// <summary>What is gathered while one stage is read.</summary>
    sealed class Reading(StageDraft draft)
    {
        public StageDraft Draft => draft;
        public InputNeeds Needs { get; } = new();

        /// <summary>False where a reference is not looked up.</summary>
        public bool IsWhole { get; set; } = true;
        public List<int> Drafts { get; } = [];

        public StageMatch Linked(StageMatch match)
        {
            Drafts.Add(match.Draft.Number);
            return match;
        }
    }
}
