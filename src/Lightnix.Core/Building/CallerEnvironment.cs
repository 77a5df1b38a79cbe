namespace Lightnix.Building;

/// <summary>The environment of the build, from which those of builders are made.</summary>
/// <param name="dotnetRoot">Folder of the .NET installation; null: there is none.</param>
sealed class CallerEnvironment(ImmutableSortedDictionary<string, string> variables, string? dotnetRoot)
{
    /// <summary>The environment of one builder.</summary>
    /// <exception cref="StartException">A variable that passes has bytes that .NET cannot read.</exception>
    public ImmutableSortedDictionary<string, string> For(BuildRequest request, bool sandboxed)
    {
        var recipe = request.Recipe;
        var environment = BuilderEnvironment.Make(
            request.WorkingFolder, dotnetRoot, variables, recipe.PassEnvironment, recipe.Environment,
                sandboxed ? SandboxSystem.Stage : null);
        return recipe.PassEnvironment.FirstOrDefault(name => IsUnreadable(name, environment)) is { } unreadable
            ? throw new StartException(
                $"the variable '{unreadable}', which PassEnvironment names, has bytes that are not UTF-8; set it to a text in UTF-8")
            : environment;
    }

    // .NET puts this character for bytes that it cannot read, so two such values can look the same.
    bool IsUnreadable(string name, ImmutableSortedDictionary<string, string> environment) =>
        environment.TryGetValue(name, out var value) && value.Contains('\uFFFD', StringComparison.Ordinal)
            && variables.GetValueOrDefault(name) == value;
}
