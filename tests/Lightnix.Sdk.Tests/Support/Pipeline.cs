using System.Diagnostics;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Lightnix.Sdk;

/// <summary>
/// Runs the steps of a pipeline of docs/ci.md as GitHub or Azure would: commands by bash, and in place of their cache a folder.
/// </summary>
sealed partial class Pipeline(Playground playground, string home)
{
    static readonly Dictionary<string, Dictionary<object, object>> Known = Blocks().Matches(File.ReadAllText(Document()))
        .ToDictionary(m => m.Groups["name"].Value,
            m => new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(m.Groups["text"].Value));

    readonly Dictionary<string, string> _variables = [];
    readonly StringBuilder _log = new();
    string _checkout = "";
    bool _failed;

    public static IEnumerable<string> Names => Known.Keys;

    public string Log => _log.ToString();

    /// <summary>Copies the repository to a fresh folder and runs a job there.</summary>
    /// <returns>False when a step failed.</returns>
    public bool Run(string name, string checkout, string? job = null)
    {
        var pipeline = Known[name];
        _checkout = checkout;
        Reset();
        foreach (var (variable, value) in Map(pipeline, "variables"))
            _variables[(string)variable] = Expand((string)value);
        var steps = List(pipeline.TryGetValue("jobs", out var jobs) ? Job((Dictionary<object, object>)jobs, job) : pipeline, "steps");
        var caches = steps.Select(s => Take((Dictionary<object, object>)s)).OfType<Action>().ToList();
        if (!_failed)
            caches.ForEach(save => save());
        return !_failed;
    }

    static Dictionary<object, object> Job(Dictionary<object, object> jobs, string? name) =>
        (Dictionary<object, object>)(name is null ? jobs.Single().Value : jobs[name]);

    void Reset()
    {
        _variables.Clear();
        _log.Clear();
        _failed = false;
        foreach (var (name, value) in new[] { ("runner.os", "Linux"), ("Agent.OS", "Linux"), ("github.run_id", "1"), ("github.run_attempt",
            "1"), ("Pipeline.Workspace", Path.GetDirectoryName(_checkout)!) })
            _variables[name] = value;
        foreach (var name in new[] { "runner.temp", "Agent.TempDirectory" })
            _variables[name] = home;
        Folder.Delete(_checkout);
        Copy(playground.PathOf("repository"), _checkout);
        // A machine of its own, with nothing on it.
        Folder.Delete(Path.Combine(home, ".lightnix"));
        Folder.Delete(Path.Combine(Path.GetDirectoryName(_checkout)!, ".lightnix"));
    }

    // What is returned is done at the end of a job that succeeded.
    Action? Take(Dictionary<object, object> step)
    {
        if (!Applies(Text(step, "if") ?? Text(step, "condition")))
            return null;
        switch (Text(step, "uses") ?? Text(step, "task"))
        {
            case null:
                _failed |= !(Text(step, "run") is { } run
                    ? Bash(GitHubShell(Text(step, "shell")), Expand(run), Text(step, "id"))
                    : Bash(["--noprofile", "--norc"], Expand(Text(step, "bash")!), null));
                return null;
            case "actions/checkout@v4" or "actions/setup-dotnet@v4" or "UseDotNet@2":
                return null;
            case "actions/cache/restore@v4":
                var hit = Restore(With("key"), With("restore-keys"), With("path")!);
                _variables[$"steps.{Text(step, "id")}.outputs.cache-hit"] = hit ? "true" : "";
                Assert.True(hit || With("fail-on-cache-miss") != "true", Log);
                return null;
            case "actions/cache/save@v4":
                Save(With("key"), With("path")!);
                return null;
            case "Cache@2":
                var (key, path) = (Azure(With("key")!), With("path")!);
                var found = Restore(key, Azure(With("restoreKeys")!), path);
                _variables[$"variables.{With("cacheHitVar")}"] = found ? "true" : "false";
                return found ? null : () => Save(key, path);
            case var other:
                throw new InvalidOperationException($"docs/ci.md uses '{other}', which this test does not know");
        }

        string? With(string name) => (Map(step, "with").Concat(Map(step, "inputs"))
            .FirstOrDefault(p => (string)p.Key == name).Value as string) is { } text ? Expand(text) : null;
    }

    // What each service starts bash with when a step says nothing more: no other option ends a step at the first command that fails.
    static string[] GitHubShell(string? shell) => shell switch
    {
        null => ["-e"],
        "bash" => ["--noprofile", "--norc", "-eo", "pipefail"],
        _ => throw new InvalidOperationException($"docs/ci.md uses the shell '{shell}', which this test does not know"),
    };

    bool Applies(string? condition) => condition switch
    {
        null => !_failed,
        _ when Unequal().Match(condition) is { Success: true } m =>
            m.Groups["failure"].Success == _failed
                && (_variables.GetValueOrDefault(m.Groups["name"].Value) ?? "") != m.Groups["value"].Value,
        _ => throw new InvalidOperationException($"docs/ci.md has the condition '{condition}', which this test does not know"),
    };

    bool Bash(string[] options, string script, string? id)
    {
        var (outputs, file) = (Path.Combine(home, "outputs"), Path.Combine(home, "script.sh"));
        File.WriteAllText(outputs, "");
        File.WriteAllText(file, script);
        var start = playground.StartInfo();
        (start.FileName, start.WorkingDirectory) = ("bash", _checkout);
        foreach (var argument in options.Append(file))
            start.ArgumentList.Add(argument);
        start.Environment.Remove("LIGHTNIX_STORE");
        (start.Environment["HOME"], start.Environment["DOTNET_CLI_HOME"], start.Environment["GITHUB_OUTPUT"]) = (home, home, outputs);
        foreach (var (name, value) in _variables.Where(v => !v.Key.StartsWith("steps.", StringComparison.Ordinal)))
            start.Environment[name.Replace('.', '_').ToUpperInvariant()] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _log.Append(CultureInfo.InvariantCulture, $"$ {script}\n{output}{error.Result}\nexit code {process.ExitCode}\n");
        foreach (var line in File.ReadAllLines(outputs).Select(l => l.Split('=', 2)))
            _variables[$"steps.{id}.outputs.{line[0]}"] = line[1];
        foreach (Match set in SetVariable().Matches(output))
            _variables[set.Groups["name"].Value] = set.Groups["value"].Value;
        return process.ExitCode == 0;
    }

    // An exact key is a hit; of those that only begin like a restore key, the newest serves.
    bool Restore(string? key, string? prefixes, string paths)
    {
        var saved = Directory.CreateDirectory(playground.PathOf("saved"));
        var found = saved.GetDirectories().FirstOrDefault(d => d.Name == key);
        foreach (var prefix in Lines(prefixes))
            found ??= saved.GetDirectories().Where(d => d.Name.StartsWith(prefix, StringComparison.Ordinal)).MaxBy(d => d.CreationTimeUtc);
        _log.Append(CultureInfo.InvariantCulture, $"restore {key}: {found?.Name ?? "nothing"}\n");
        foreach (var (path, i) in found is null ? [] : Lines(paths).Select((p, i) => (At(p), i)))
            Copy(Path.Combine(found!.FullName, $"{i}"), path);
        return found?.Name == key;
    }

    void Save(string? key, string paths)
    {
        var folder = Directory.CreateDirectory(playground.PathOf("saved", key!)).FullName;
        _log.Append(CultureInfo.InvariantCulture, $"save {key}\n");
        foreach (var (path, i) in Lines(paths).Select((p, i) => (At(p), i)))
            Copy(path, Path.Combine(folder, $"{i}"));
    }

    string At(string path) =>
        path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..]) : Path.GetFullPath(path, _checkout);

    // With times and modes, as the tar of a cache has them.
    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        using var copy = Process.Start("cp", ["-a", "-T", from, to]);
        copy.WaitForExit();
        Assert.True(copy.ExitCode == 0, $"{from} could not be copied to {to}");
    }

    string Expand(string text) => Expression().Replace(text, m =>
        _variables.TryGetValue(m.Groups["name"].Value, out var value) ? value : m.Value.StartsWith("$(", StringComparison.Ordinal)
            ? m.Value : throw new InvalidOperationException($"docs/ci.md: {m.Value} has no value"));

    static string Azure(string key) =>
        string.Join('\n', Lines(key).Select(l => string.Join('-', l.Split('|').Select(p => p.Trim().Trim('"')))));

    static string[] Lines(string? text) => text?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    static string? Text(Dictionary<object, object> map, string name) => map.GetValueOrDefault(name) as string;

    static Dictionary<object, object> Map(Dictionary<object, object> map, string name) =>
        map.GetValueOrDefault(name) as Dictionary<object, object> ?? [];

    static List<object> List(Dictionary<object, object> map, string name) => (List<object>)map[name];

    static string Document() => RepositoryRoot.File("docs/ci.md");

    [GeneratedRegex(@"^```yaml\n# (?<name>\S+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\$\{\{ (?<name>[^}]+?) \}\}|\$\((?<name>[A-Za-z_.]+)\)")]
    private static partial Regex Expression();

    [GeneratedRegex(
        @"^((?<failure>failure\(\)) && )?(?<name>steps\.\S+) != '(?<value>\w*)'$|^and\(succeeded\(\), ne\((?<name>variables\.\w+), "
        + @"'(?<value>\w+)'\)\)$")]
    private static partial Regex Unequal();

    [GeneratedRegex(@"^##vso\[task\.setvariable variable=(?<name>\w+)\](?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex SetVariable();
}
