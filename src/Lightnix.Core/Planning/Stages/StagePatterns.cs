using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>The stages that a build is asked for, as in <c>LightnixStages="model data:report-*"</c>.</summary>
public static class StagePatterns
{
    static readonly char[] Separators = [' ', '\t', '\r', '\n', ';'];

    /// <summary>Names and globs are separated by blanks or <c>;</c>.</summary>
    public static ImmutableArray<string> Split(string text) => [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>
    /// The stages of this project that are meant, in the order of the plan: by name, by a glob of <c>*</c> and <c>?</c>, by the name of a matrix (all its
    /// cells), or as <c>train[rate=0.1]</c>; after <c>project:</c>, in that project only. Without a pattern, all.
    /// </summary>
    /// <param name="property">Where the patterns were written.</param>
    /// <returns>
    /// Also LNX1003 for each pattern that means nothing: an error where nobody else could know it, a warning where that is unlikely. And those that mean
    /// nothing here, where others may know them: without a project, or with one that is called nearly as this one.
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
            var found = project is null || IsMatch(project, scope.Project) ? plan.Stages.Where(s => Means(stage, s.Name, s.DeclaredName, s.Derivation.Parameters)).Select(s => s.Name).ToList() : [];
            wanted.UnionWith(found);
            if (found.Count > 0)
                continue;
            if (Problem(plan, pattern, project, stage, scope, property) is { } problem)
                diagnostics.Add(problem);
            // Of a project that is called otherwise, only the one with nearly that name speaks: all others of a solution have nothing to say of it.
            else if (project is null ? !scope.ReferencedStages.Any(h => Means(stage, h.Name, h.DeclaredName, h.Axes)) : Spelling.Nearest(project, [scope.Project]) is not null)
                unknown.Add(pattern);
        }
        return ([.. plan.Stages.Where(s => wanted.Contains(s.Name))], diagnostics.ToImmutable(), unknown.ToImmutable());
    }

    // A colon among the values of a cell is theirs.
    static (string? Project, string Stage) Halves(string pattern) => pattern.Split('[')[0].IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
        ? (pattern[..colon], pattern[(colon + 1)..])
        : (null, pattern);

    static Diagnostic? Problem(Plan plan, string pattern, string? project, string stage, StageScope scope, string property)
    {
        var own = plan.Stages.SelectMany(s => new[] { s.DeclaredName, s.Name }).Distinct().Order().Select(n => n.ToString()).ToList();
        if (project is not null && string.Equals(project, scope.Project, StringComparison.OrdinalIgnoreCase))
            return DeclarationErrors.UnknownPattern(property, pattern, Severity.Error, own, Spelling.Nearest(stage, own) is { } meant ? $"{scope.Project}:{meant}" : null);
        if (scope.IsPart)
            return null;
        if (project is not null && !project.AsSpan().ContainsAny('*', '?'))
            return scope.References.Any(r => string.Equals(project, StageScope.NameOf(r), StringComparison.OrdinalIgnoreCase)) ? null : UnknownProject(project, stage, scope, property);
        if (scope.ReferencedStages.Any(h => (project is null || IsMatch(project, ProjectOf(h))) && Means(stage, h.Name, h.DeclaredName, h.Axes)))
            return null;
        var known = own.Concat(scope.ReferencedStages.SelectMany(h => new[] { h.DeclaredName, h.Name }.Select(n => $"{ProjectOf(h)}:{n}")).Distinct(StringComparer.OrdinalIgnoreCase)).ToList();
        var nearest = Spelling.Nearest(pattern, known) ?? known.FirstOrDefault(k => Spelling.Nearest(stage, [Halves(k).Stage]) is not null);
        // Only what it references is known here, and not what that references.
        return scope.HasMore && nearest is null ? null : DeclarationErrors.UnknownPattern(property, pattern, scope.IsAlone ? Severity.Error : Severity.Warning, known, nearest);
    }

    static Diagnostic? UnknownProject(string project, string stage, StageScope scope, string property)
    {
        var known = scope.References.Select(StageScope.NameOf).Prepend(scope.Project).ToList();
        var nearest = scope.References.FirstOrDefault(r => string.Equals(r.Name, project, StringComparison.OrdinalIgnoreCase)) is { } renamed ? StageScope.NameOf(renamed) : Spelling.Nearest(project, known);
        return scope.IsAlone ? DeclarationErrors.UnknownProject(property, project, stage, Severity.Error, known, nearest)
            : nearest is null ? null
            : DeclarationErrors.UnknownProject(property, project, stage, Severity.Warning, known, nearest);
    }

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

    /// <summary><c>*</c> is any text, <c>?</c> any one character; case does not count.</summary>
    internal static bool IsMatch(string pattern, string text)
    {
        // Where the last star was, and how much of the text it took: only that one is ever tried again.
        var (p, t, star, taken) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
                (star, taken, p) = (p, t, p + 1);
            else if (p < pattern.Length && (pattern[p] == '?' || char.ToLowerInvariant(pattern[p]) == char.ToLowerInvariant(text[t])))
                (p, t) = (p + 1, t + 1);
            else if (star >= 0)
                (p, t, taken) = (star + 1, taken + 1, taken + 1);
            else
                return false;
        }
        return pattern[p..].All(c => c == '*');
    }
}
