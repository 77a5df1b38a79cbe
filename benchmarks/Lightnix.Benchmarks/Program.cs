using Lightnix.Benchmarks;

if (Options.TryParse(args, out var mistake) is not { } options)
{
    Console.Error.WriteLine(mistake);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

if (options.Git is { } folder)
{
    Console.Out.Write(GitQuestions.Report(folder, times: 200));
    return 0;
}

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    cancellation.Cancel();
};

try
{
    var repository = Repository.Find();
    using var arena = new Arena(options.Keep);
    var contest = new Contest(arena, repository.Sdk(), Console.Error);
    var measurements = contest.Run(options, cancellation.Token);
    var report = Report.Of(measurements);

    Console.Out.Write(report);
    var file = options.Output ?? Path.Combine(repository.Folder, "artifacts", "bench.md");
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
    File.WriteAllText(file, report);
    Console.Error.WriteLine($"written to {file}");
    return 0;
}
catch (BenchmarkException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
