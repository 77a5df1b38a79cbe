namespace Lightnix.Planning;

static class StageReader
{
    const string PairsOfVariables = "OMP_NUM_THREADS=1;LC_NUMERIC=C";
    const string PairsOfParameters = "rate=0.1;depth=3";
    static readonly ImmutableArray<string> Failures = ["Fail", "Skip"];

    public static StageDraft Read(DeclaredItem declared, int number, MetadataCheck metadata, Findings findings)
    {
        var (kind, builder, urls) = BuilderReader.Read(new(declared, findings), findings);
        var item = metadata.CheckFit(declared, kind);
        var reader = new ItemReader(item, findings);
        var name = ReadName(item, findings);
        var parameters =
            reader.Pairs(Names.Parameters, ParameterName.IsLawful, ParameterName.Rule, PairsOfParameters, out var parametersWhole);
        var matrix = Matrix.Read(reader, parameters, out var matrixWhole);
        var environment = ReadEnvironment(reader);
        return new()
        {
            Item = item,
            Number = number,
            Name = name,
            Kind = kind,
            Builder = builder,
            Inputs = reader.List(kind == BuilderKinds.Choice ? Names.From : Names.Inputs),
            Parameters = parameters,
            Matrix = matrix,
            ParametersAreWhole = parametersWhole && matrixWhole,
            Cells = name is null || !matrixWhole ? [] : CellsOf(item, name, matrix, findings),
            Environment = environment,
            Tools = ReadTools(reader),
            Network = reader.Flag(Names.Network) && (kind & BuilderKinds.Running) != 0,
            Platform = ReadPlatform(reader),
            Seed = reader.Text(Names.Seed),
            Epoch = reader.Text(Names.Epoch) is { } epoch ? EpochValue.Canonical(epoch) : null,
            Execution = ReadExecution(reader, urls, environment),
        };
    }

    static StageName? ReadName(DeclaredItem item, Findings findings)
    {
        var isReserved = StageName.Reserved.Contains(item.Include, StringComparer.OrdinalIgnoreCase);
        if (!isReserved && StageName.TryParse(item.Include, out var name))
        {
            if (DeviceNames.Has(item.Include))
                findings.Add(DeclarationErrors.DeviceName(item, item.Include));
            return name;
        }
        findings.Add(isReserved ? DeclarationErrors.ReservedStageName(item) : DeclarationErrors.IllegalStageName(item));
        return null;
    }

    static ImmutableArray<StageCell> CellsOf(DeclaredItem item, StageName name, Matrix? matrix, Findings findings)
    {
        if (matrix is null)
            return [new(name, Derivation.NoTexts)];
        var cells = ImmutableArray.CreateBuilder<StageCell>();
        foreach (var axes in matrix.Combinations())
        {
            var text = matrix.NameOf(name.ToString(), axes);
            if (StageName.TryParse(text, out var cell))
                cells.Add(new(cell, axes));
            else
                findings.Add(DeclarationErrors.IllegalCellName(item, text));
        }
        return cells.ToImmutable();
    }

    static ImmutableSortedDictionary<string, string> ReadEnvironment(ItemReader reader)
    {
        var variables = reader.Pairs(Names.Environment, ParameterName.IsVariable, ParameterName.VariableRule, PairsOfVariables, out _);
        foreach (var name in variables.Keys)
        {
            if (ReservedVariables.Cure(name) is { } cure)
                reader.Refuse(Names.Environment, name, cure);
        }
        return variables;
    }

    static string? ReadPlatform(ItemReader reader)
    {
        var platform = reader.Text(Names.Platform);
        if (platform is null || Platforms.All.Contains(platform))
            return platform;
        reader.Refuse(Names.Platform, platform,
            "a platform is a runtime identifier of .NET, as 'linux-x64', 'osx-arm64' or "
                + $"'win-x64'{Wording.Guess(Platforms.Nearest(platform))}");
        return null;
    }

    static ImmutableArray<string> ReadTools(ItemReader reader)
    {
        var tools = reader.List(Names.Tools);
        foreach (var tool in tools.Where(t => !t.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '+')))
            reader.Refuse(Names.Tools, tool,
                "a tool is the name of a program that is found on the path, as 'git'; several are separated by ';'");
        return [.. tools.Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance)];
    }

    static Execution ReadExecution(ItemReader reader, ImmutableArray<string> urls, ImmutableSortedDictionary<string, string> environment)
    {
        var passed = reader.List(Names.PassEnvironment);
        foreach (var name in passed)
        {
            if (!ParameterName.IsVariable(name))
                reader.Refuse(Names.PassEnvironment, name,
                    "PassEnvironment lists names of variables without values, as 'HTTPS_PROXY;SSH_AUTH_SOCK'");
            else if (ReservedVariables.Cure(name) is { } cure)
                reader.Refuse(Names.PassEnvironment, name, cure);
            else if (environment.ContainsKey(name))
                reader.Refuse(Names.PassEnvironment, name, "it is set by Environment; leave it in one of them");
        }
        return new()
        {
            Urls = urls,
            PassEnvironment = [.. passed.Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance)],
            Cores = (int?)reader.Count(Names.Cores, 1),
            Memory = reader.Size(Names.Memory),
            Gpus = (int?)reader.Count(Names.Gpus, 0),
            TimeLimit = reader.Duration(Names.TimeLimit),
            Retries = (int)(reader.Count(Names.Retries, 0, 1000) ?? 0),
            IsIntermediate = reader.Flag(Names.Intermediate),
            MustExist = reader.Flag(Names.MustExist),
            SkipsFailed = reader.Choice(Names.Failed, Failures) == "Skip",
            Checkpoint = reader.Flag(Names.Checkpoint),
        };
    }
}
