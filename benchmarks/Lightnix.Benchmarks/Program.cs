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
    var report = "";
    if (!options.OnlyQueries)
    {
        using var arena = new Arena(options.Keep);
        report = Report.Of(new Contest(arena, repository.Sdk(), Console.Error).Run(options, cancellation.Token));
    }
    report += new QueryContest(repository.Tool, options.Keep, Console.Error).Report(options.Realizations);

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
