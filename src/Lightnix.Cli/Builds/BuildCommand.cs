using System.CommandLine;
using System.CommandLine.Parsing;

namespace Lightnix.Cli;

/// <summary><c>lightnix build</c>, <c>plan</c>, <c>run</c> and <c>test</c>: call <c>dotnet build</c> with the right target.</summary>
/// <param name="targets">Of a project. Empty: what the project builds by itself.</param>
sealed class BuildCommand(CommandContext.Named named, params ImmutableArray<string> targets)
{
    const string ItsBuild = "Build";

    public static Command Build() =>
        Create("build", "Build the stages of a project, or some of them: dotnet build", [], ArgumentArity.ZeroOrMore);

    public static Command Plan() => Create("plan", "What a build would run, and why", ["LightnixPlan"], ArgumentArity.ZeroOrMore);

    public static Command Run() =>
        Create("run", "One more replicate of each named stage; then matchers choose again", ["LightnixRun"], ArgumentArity.OneOrMore);

    public static Command Test() =>
        Create("test", "Build, and report each promise", [ItsBuild, "LightnixTest"], ArgumentArity.ZeroOrMore);

    static Command Create(string name, string description, ImmutableArray<string> targets, ArgumentArity arity)
    {
        var stages = new Argument<string[]>("stage")
        {
            Description = "Stages, as model, 'train-*' or data:model of the project data; after --, arguments of dotnet build",
            Arity = arity,
        };
        return CommandAction.CreateWithoutStore(name, description, [stages], p =>
        {
            var rest = Rest(p);
            var all = p.GetValue(stages) ?? [];
            return new BuildCommand(CommandContext.Named.In(p), targets).Call(all[..^rest.Length], rest);
        });
    }

    // System.CommandLine gives what follows -- to the last argument.
    static string[] Rest(ParseResult parsed) =>
        [.. parsed.Tokens.SkipWhile(t => t.Type != TokenType.DoubleDash).Skip(1).Select(t => t.Value)];

    int Call(string[] stages, string[] rest)
    {
        var file = BuildFile.Of(named.Project);
        string[] words =
        [
            file.Path, .. Targets(file), .. stages.Length == 0 ? Array.Empty<string>()
                : [DotnetBuild.Property("Stages", string.Join(' ', stages))],
            .. named.Store is { } store ? [DotnetBuild.Property("Store", store)] : Array.Empty<string>(),
            .. named.IsVerbose ? ["-v:n"] : Array.Empty<string>(), .. rest,
        ];
        var code = DotnetBuild.Run(words, named.IsJson);
        if (named.IsJson)
            Output.Json(JsonValue.Object.Empty.With("project", file.Path).With("exitCode", code));
        return code;
    }

    // In a solution, a name without a target is a build of that project, and no C# project knows targets of Lightnix.
    IEnumerable<string> Targets(BuildFile file)
    {
        if (targets.IsEmpty)
            return [];
        var all = !file.IsSolution ? targets : [.. SolutionProjects.WithStages(file.Path)
            .SelectMany(project => targets.Select(target => target == ItsBuild ? project : $"{project}:{target}"))];
        return [$"-t:{string.Join(';', all)}"];
    }
}
