using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>The stages that a build is asked for, as in <c>LightnixStages="model report-*"</c>.</summary>
public static class StagePatterns
{
    static readonly char[] Separators = [' ', '\t', '\r', '\n', ';'];

    /// <summary>Names and globs are separated by blanks or <c>;</c>.</summary>
    public static ImmutableArray<string> Split(string text) => [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>
    /// The stages that are meant, in the order of the plan: by name, by a glob of <c>*</c> and <c>?</c>, by the name of a matrix (all its cells),
    /// or as <c>train[rate=0.1]</c>. Without a pattern, all.
    /// </summary>
    /// <param name="property">Where the patterns were written.</param>
    /// <returns>Also LNX1003 for each pattern that means none.</returns>
    public static (ImmutableArray<PlannedStage> Stages, ImmutableArray<Diagnostic> Diagnostics) Select(Plan plan, ImmutableArray<string> patterns, string property = "LightnixStages")
    {
        if (patterns.IsEmpty)
            return (plan.Stages, []);
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var wanted = new SortedSet<StageName>();
        foreach (var pattern in patterns)
        {
            var found = Matches(plan, pattern).Select(s => s.Name).ToList();
            wanted.UnionWith(found);
            if (found.Count == 0)
            {
                var known = plan.Stages.SelectMany(s => new[] { s.DeclaredName, s.Name }).Distinct().Order().Select(n => n.ToString()).ToList();
                diagnostics.Add(DeclarationErrors.UnknownPattern(property, pattern, known, Spelling.Nearest(pattern, known)));
            }
        }
        return ([.. plan.Stages.Where(s => wanted.Contains(s.Name))], diagnostics.ToImmutable());
    }

    static IEnumerable<PlannedStage> Matches(Plan plan, string pattern)
    {
        if (StageName.TryParse(pattern, out var name) && plan.Find(name) is { } stage)
            return [stage];
        if (pattern.Contains('[', StringComparison.Ordinal))
            return StageReference.TryParse(pattern, out var reference) ? plan.Stages.Where(s => IsCell(s, reference)) : [];
        return plan.Stages.Where(s => IsLike(s.Name) || IsLike(s.DeclaredName));

        bool IsLike(StageName candidate) => IsMatch(pattern, candidate.ToString());
    }

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

    static bool IsCell(PlannedStage stage, StageReference reference) =>
        reference is { Project: null, Path: null }
        && stage.Name != stage.DeclaredName
        && string.Equals(stage.DeclaredName.ToString(), reference.Stage, StringComparison.OrdinalIgnoreCase)
        && reference.Cells.All(c => stage.Derivation.Parameters.GetValueOrDefault(c.Axis) == c.Value);
}
