namespace Lightnix.Tasks;

/// <summary>Finds <c>$(…)</c> in a text. MSBuild replaces it, mostly by nothing; an author may have meant the shell's.</summary>
static class PropertyReferences
{
    /// <summary>Every outermost reference. Left out are <c>$([Type]::…)</c> and <c>$(Registry:…)</c>, which only MSBuild understands, and
    /// the escaped <c>%24(</c>.</summary>
    public static ImmutableArray<PropertyReference> In(string unevaluated)
    {
        var found = ImmutableArray.CreateBuilder<PropertyReference>();
        for (var i = Next(0); i >= 0; i = Next(i))
        {
            // MSBuild leaves an unclosed reference alone.
            if (End(unevaluated, i + 2) is not { } end)
                break;
            var body = unevaluated[(i + 2)..end].Trim();
            if (!body.StartsWith('[') && !body.StartsWith("Registry:", StringComparison.OrdinalIgnoreCase))
                found.Add(new(unevaluated[i..(end + 1)], NameAt(body)));
            i = end + 1;
        }
        return found.ToImmutable();

        int Next(int from) => unevaluated.IndexOf("$(", from, StringComparison.Ordinal);
    }

    static int? End(string text, int i)
    {
        for (var depth = 1; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
                return i;
        }
        return null;
    }

    // 'name', or the name in 'name.Method()' and 'name[0]'. A shell's command is no name.
    static string? NameAt(string body)
    {
        var length = body.TakeWhile((c, i) => char.IsAsciiLetter(c) || c == '_' || (i > 0 && (char.IsAsciiDigit(c) || c == '-'))).Count();
        return length > 0 && (length == body.Length || body[length] is '.' or '[') ? body[..length] : null;
    }
}

/// <summary>One reference to a property.</summary>
/// <param name="Text">As written, with its parentheses.</param>
/// <param name="Name">The property's name; null when the text is no name, as in <c>$(date +%F)</c>.</param>
sealed record PropertyReference(string Text, string? Name)
{
    /// <summary>True of MSBuild's own properties, which are always set, some of them by the file that refers to them.</summary>
    public bool IsBuiltIn => Name?.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) == true;
}
