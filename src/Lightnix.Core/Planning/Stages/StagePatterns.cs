using System.IO.Enumeration;

namespace Lightnix.Planning;

/// <summary>The stages that a build is asked for, as in <c>LightnixStages="model data:report-*"</c>.</summary>
public static class StagePatterns
{
    static readonly char[] Separators = [' ', '\t', '\r', '\n', ';'];

    /// <summary>Names and globs are separated by blanks or <c>;</c>.</summary>
    public static ImmutableArray<string> Split(string text) => [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The stages of this project that the patterns name, in the order of the plan. A pattern is a name, a glob of <c>*</c> and
    /// <c>?</c>, the name of a matrix (all its cells), or <c>train[rate=0.1]</c>; after <c>project:</c> it is for that project only.
    /// Without a pattern, all stages.</summary>
    /// <param name="property">Where the patterns were written.</param>
    /// <returns>Also LNX1003 for each pattern without a meaning: an error where no other project could know it, a warning where another
    /// hardly does. And the patterns that other projects may know: without a project, or with a name that is nearly this project's.
    /// </returns>
    public static (ImmutableArray<PlannedStage> Stages, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<string> Unknown) Select(
        Plan plan, ImmutableArray<string> patterns, StageScope scope, string property = "LightnixStages")
    {
        if (patterns.IsEmpty)
            return (plan.Stages, [], []);
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var unknown = ImmutableArray.CreateBuilder<string>();
        var wanted = new SortedSet<StageName>();
        foreach (var pattern in patterns)
        {
            var (project, stage) = Halves(pattern);
            var found = project is null || IsMatch(project, scope.Project)
                ? plan.Stages.Where(s => Means(stage, s.Name, s.DeclaredName, s.Derivation.Parameters)).Select(s => s.Name).ToList()
                : [];
            wanted.UnionWith(found);
            if (found.Count > 0)
                continue;
            if (Problem(plan, pattern, project, stage, scope, property) is { } problem)
                diagnostics.Add(problem);
            else if (IsUnknown(project, stage, scope))
                unknown.Add(pattern);
        }
        return ([.. plan.Stages.Where(s => wanted.Contains(s.Name))], diagnostics.ToImmutable(), unknown.ToImmutable());
    }

    // A pattern for another project is reported by the project with nearly that name only, and not by all others of a solution.
    static bool IsUnknown(string? project, string stage, StageScope scope) => project is null
        ? !scope.ReferencedStages.Any(h => Means(stage, h.Name, h.DeclaredName, h.Axes))
        : Spelling.Nearest(project, [scope.Project]) is not null;

    // A colon in the brackets belongs to a value of a cell.
    static (string? Project, string Stage) Halves(string pattern)
    {
        var colon = pattern.Split('[')[0].IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (null, pattern) : (pattern[..colon], pattern[(colon + 1)..]);
    }

    static Diagnostic? Problem(Plan plan, string pattern, string? project, string stage, StageScope scope, string property)
    {
        var own = plan.Stages.SelectMany(s => new[] { s.DeclaredName, s.Name }).Distinct().Order().Select(n => n.ToString()).ToList();
        if (project is not null && IsCalled(project, scope.Project))
        {
            var meant = Spelling.Nearest(stage, own) is { } near ? $"{scope.Project}:{near}" : null;
            return DeclarationErrors.UnknownPattern(property, pattern, Severity.Error, own, meant);
        }
        if (scope.IsPart)
            return null;
        if (project is not null && !project.AsSpan().ContainsAny('*', '?'))
        {
            var isReferenced = scope.References.Any(r => IsCalled(project, StageScope.NameOf(r)));
            return isReferenced ? null : UnknownProject(project, stage, scope, property);
        }
        var referenced = scope.ReferencedStages;
        if (referenced.Any(h => (project is null || IsMatch(project, ProjectOf(h))) && Means(stage, h.Name, h.DeclaredName, h.Axes)))
            return null;
        var foreign = referenced.SelectMany(h => new[] { h.DeclaredName, h.Name }.Select(n => $"{ProjectOf(h)}:{n}"));
        var known = own.Concat(foreign.Distinct(StringComparer.OrdinalIgnoreCase)).ToList();
        var nearest = Spelling.Nearest(pattern, known) ?? known.FirstOrDefault(k => Spelling.Nearest(stage, [Halves(k).Stage]) is not null);
        // Only the stages of its own references are known here, and not those of their references.
        if (scope.HasMore && nearest is null)
            return null;
        return DeclarationErrors.UnknownPattern(property, pattern, scope.IsAlone ? Severity.Error : Severity.Warning, known, nearest);
    }

    static Diagnostic? UnknownProject(string project, string stage, StageScope scope, string property)
    {
        var known = scope.References.Select(StageScope.NameOf).Prepend(scope.Project).ToList();
        var renamed = scope.References.FirstOrDefault(r => IsCalled(project, r.Name));
        var nearest = renamed is null ? Spelling.Nearest(project, known) : StageScope.NameOf(renamed);
        if (!scope.IsAlone && nearest is null)
            return null;
        return DeclarationErrors.UnknownProject(property, project, stage, scope.IsAlone ? Severity.Error : Severity.Warning, known,
            nearest);
    }

    static bool IsCalled(string project, string name) => string.Equals(project, name, StringComparison.OrdinalIgnoreCase);

    static string ProjectOf(ReferencedStage stage) => Path.GetFileNameWithoutExtension(stage.Project);

    static bool Means(string pattern, StageName name, StageName declared, ImmutableSortedDictionary<string, string> values) =>
        pattern.Contains('[', StringComparison.Ordinal)
            ? StageReference.TryParse(pattern, out var reference) && IsCell(reference, name, declared, values)
            : IsMatch(pattern, name.Own.ToString()) || IsMatch(pattern, declared.Own.ToString());

    static bool IsCell(StageReference reference, StageName name, StageName declared, ImmutableSortedDictionary<string, string> values) =>
        reference is { Project: null, Path: null }
        && name != declared
        && string.Equals(declared.Own.ToString(), reference.Stage, StringComparison.OrdinalIgnoreCase)
        && reference.Cells.All(c => values.GetValueOrDefault(c.Axis) == c.Value);

    static bool IsMatch(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: true);
}
