namespace Lightnix.Model;

/// <summary>Finds the name that a misspelled one probably means.</summary>
public static class Spelling
{
    /// <summary>The name with one character changed, or that begins so, or the nearest; the first of several. Null: none is near.</summary>
    public static string? Nearest(string text, IEnumerable<string> names)
    {
        string? nearest = null;
        var best = int.MaxValue;
        foreach (var name in names)
        {
            var limit = (Math.Max(text.Length, name.Length) + 2) / 3;
            if (Math.Abs(text.Length - name.Length) > limit)
                continue;
            var distance = Distance(text, name);
            if (distance <= limit && distance < best && distance < text.Length)
                (nearest, best) = (name, distance);
        }
        var longer = best <= 1 || text.Length < 4 ? null
            : names.FirstOrDefault(n => n.StartsWith(text, StringComparison.OrdinalIgnoreCase));
        return longer ?? nearest;
    }

    /// <summary>How many characters must be added, left out, replaced or swapped with their neighbour, without regard to case (Damerau and
    /// Levenshtein, in the restricted form: no character takes part in two changes).</summary>
    public static int Distance(string a, string b)
    {
        var (before, above, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
            above[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + change);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, above, row) = (above, row, before);
        }
        return above[b.Length];
    }

    static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
