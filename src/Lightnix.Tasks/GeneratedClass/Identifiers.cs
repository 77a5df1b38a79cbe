namespace Lightnix.Tasks;

/// <summary>Makes C# names of other names: <c>held-out.csv</c> becomes <c>HeldOutCsv</c>.</summary>
sealed class Identifiers
{
    // A static class hides these members of object with a warning. No member of a class can have the name of the class.
    static readonly ImmutableArray<string> OfObject =
        ["Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    readonly HashSet<string> _taken;

    /// <param name="enclosing">The name of the class that the names are for.</param>
    public Identifiers(string enclosing) => _taken = new(OfObject, StringComparer.Ordinal) { enclosing };

    /// <summary>The words of a text, each with a capital. A <c>_</c> stands between two digits, and before a first digit.</summary>
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

    /// <summary>A chosen name, as C# allows it: <c>my-app</c> becomes <c>my_app</c>, <c>class</c> becomes <c>@class</c>.</summary>
    public static string Kept(string name)
    {
        var kept = string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '_'));
        if (kept.Length == 0 || char.IsDigit(kept[0]))
            return $"_{kept}";
        return char.IsLower(kept[0]) ? $"@{kept}" : kept;
    }

    /// <summary>The first of several names that is not taken yet, else the last of them with a number.</summary>
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
