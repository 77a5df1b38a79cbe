namespace Lightnix.Benchmarks;

/// <summary>Builds Lightnix and its peers in turns (A B A B), so that a machine that slows down slows all of them down.</summary>
sealed class Contest(Arena arena, SdkPackage sdk, TextWriter progress)
{
    public IReadOnlyList<Measurement> Run(Options options, CancellationToken cancellation)
    {
        var measurements = new List<Measurement>();
        var empty = new EmptyNoTargets(arena, sdk);
        WarmUp(empty, cancellation);

        foreach (var size in options.Sizes)
        {
            var lightnix = new LightnixProject(arena, sdk, size);
            IContestant[] nix = NixBuild.IsInstalled ? [new NixBuild(arena, size)] : [];
            IContestant[] xargs = Xargs.IsInstalled ? [new Xargs(arena, size)] : [];

            for (var i = 0; i < options.FirstsOf(size); i++)
                foreach (var contestant in (IContestant[])[lightnix, .. xargs, .. nix])
                {
                    contestant.Forget();
                    measurements.Add(Measure(contestant, size, Pass.First, cancellation));
                }

            for (var i = 0; i < options.SecondsOf(size); i++)
                foreach (var contestant in (IContestant[])[lightnix, empty, .. nix])
                    measurements.Add(Measure(contestant, size, Pass.Second, cancellation));
        }

        return measurements;
    }

    /// <summary>Packages are downloaded and the disk is warm before the first build that counts.</summary>
    void WarmUp(EmptyNoTargets empty, CancellationToken cancellation)
    {
        var one = new LightnixProject(arena, sdk, 1);
        foreach (var contestant in (IContestant[])[one, empty])
            arena.Time(contestant.Folder, contestant.Command, cancellation);
        if (!File.Exists(Path.Combine(one.Folder, "bin", "s1", "line")))
            throw new BenchmarkException($"the build of {one.Folder} succeeded without bin/s1/line");
    }

    Measurement Measure(IContestant contestant, int size, Pass pass, CancellationToken cancellation)
    {
        var time = arena.Time(contestant.Folder, contestant.Command, cancellation);
        progress.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{size,7:N0} stages, {pass,-6} {time.TotalSeconds,8:F2} s  {contestant.Name}"));
        return new(size, pass, contestant.Name, time);
    }
}
