namespace Lightnix.Planning;

/// <summary>The metadata that Lightnix knows, each spelled once. What goes where is in <see cref="Schema"/>.</summary>
public static class Names
{
    public const string Arguments = nameof(Arguments);
    public const string AtLeast = nameof(AtLeast);
    public const string AtMost = nameof(AtMost);
    public const string Checkpoint = nameof(Checkpoint);
    public const string Columns = nameof(Columns);
    public const string Command = nameof(Command);
    public const string CopyToOutputDirectory = nameof(CopyToOutputDirectory);
    public const string CopyToPublishDirectory = nameof(CopyToPublishDirectory);
    public const string Cores = nameof(Cores);

    /// <summary>As MSBuild's DownloadFile task has it: <c>FileName</c> is reserved, and no item may have it (MSB4033, MSB4066).</summary>
    public const string DestinationFileName = nameof(DestinationFileName);

    public const string Environment = nameof(Environment);
    public const string Epoch = nameof(Epoch);
    public const string Failed = nameof(Failed);
    public const string From = nameof(From);
    public const string Gpus = nameof(Gpus);
    public const string Inputs = nameof(Inputs);
    public const string Intermediate = nameof(Intermediate);
    public const string Interpreter = nameof(Interpreter);
    public const string Link = nameof(Link);
    public const string Matrix = nameof(Matrix);
    public const string Max = nameof(Max);
    public const string MaxSize = nameof(MaxSize);
    public const string Memory = nameof(Memory);
    public const string Metric = nameof(Metric);
    public const string Min = nameof(Min);
    public const string MinCount = nameof(MinCount);
    public const string MinRows = nameof(MinRows);
    public const string MinSize = nameof(MinSize);
    public const string MustExist = nameof(MustExist);
    public const string Network = nameof(Network);
    public const string NonEmpty = nameof(NonEmpty);
    public const string Order = nameof(Order);
    public const string OutputItemType = nameof(OutputItemType);
    public const string Pack = nameof(Pack);
    public const string PackageCopyToOutput = nameof(PackageCopyToOutput);
    public const string PackagePath = nameof(PackagePath);
    public const string Parameters = nameof(Parameters);
    public const string PassEnvironment = nameof(PassEnvironment);
    public const string Path = nameof(Path);
    public const string Pattern = nameof(Pattern);
    public const string Platform = nameof(Platform);
    public const string Pointer = nameof(Pointer);
    public const string Program = nameof(Program);
    public const string ProgramConfiguration = nameof(ProgramConfiguration);
    public const string ProgramFramework = nameof(ProgramFramework);
    public const string Realizations = nameof(Realizations);
    public const string Retries = nameof(Retries);
    public const string Script = nameof(Script);
    public const string Seed = nameof(Seed);
    public const string Select = nameof(Select);
    public const string Sha256 = nameof(Sha256);
    public const string Shell = nameof(Shell);
    public const string Stage = nameof(Stage);
    public const string Take = nameof(Take);
    public const string TimeLimit = nameof(TimeLimit);
    public const string Tools = nameof(Tools);
    public const string Type = nameof(Type);
    public const string Unpack = nameof(Unpack);
    public const string Url = nameof(Url);
}
