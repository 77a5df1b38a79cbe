using System.Collections.Immutable;
using System.Text;

namespace Lightnix.Tasks;

/// <summary>C# names for what has other names: <c>held-out.csv</c> is <c>HeldOutCsv</c>.</summary>
sealed class Identifiers
{
    // Members of object, which a static class hides with a warning; of a static class, none can be called as its class is.
    static readonly ImmutableArray<string> OfObject = ["Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    readonly HashSet<string> _taken;

    /// <param name="enclosing">The name of the class that the names are for.</param>
    public Identifiers(string enclosing) => _taken = new(OfObject, StringComparer.Ordinal) { enclosing };

    /// <summary>The words of a text, each with a capital, together. Between two digits stays <c>_</c>, and so it does where a name would begin with a digit.</summary>
    public static string Of(string text)
    {
        var name = new StringBuilder();
        var atWord = true;
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c))
            {
                atWord = true;
                continue;
            }
            if (char.IsDigit(c) && (name.Length == 0 || (atWord && char.IsDigit(name[^1]))))
                name.Append('_');
            name.Append(atWord ? char.ToUpperInvariant(c) : c);
            atWord = false;
        }
        return name.Length == 0 ? "_" : name.ToString();
    }

    /// <summary>A name that somebody chose, as C# can take it: <c>my-app</c> is <c>my_app</c>, <c>class</c> is <c>@class</c>.</summary>
    public static string Kept(string name)
    {
        var kept = string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '_'));
        return kept.Length == 0 || char.IsDigit(kept[0]) ? $"_{kept}" : char.IsLower(kept[0]) ? $"@{kept}" : kept;
    }

    /// <summary>The first of several names that nobody has yet, else the last of them with a number.</summary>
    public string Take(params ReadOnlySpan<string> wanted)
    {
        foreach (var name in wanted)
        {
            if (_taken.Add(name))
                return name;
        }
        for (var i = 2; ; i++)
        {
            if (_taken.Add($"{wanted[^1]}_{i}"))
                return $"{wanted[^1]}_{i}";
        }
    }
}
