using System.Reflection;

namespace Lightnix.House;

/// <summary>Something that a room may not name.</summary>
/// <param name="What">As the message quotes it.</param>
/// <param name="Finds">True when the tokens from an index on name it.</param>
sealed record Ban(string What, Func<ImmutableArray<Token>, int, bool> Finds)
{
    /// <summary>
    /// Static members and constructors of a type. A property of the same name may be there: <c>File.ToString()</c> is no IO.
    /// </summary>
    public static Ban On(Type type) =>
        Members(type, [.. type.GetMembers(BindingFlags.Public | BindingFlags.Static).Select(m => m.Name)], andNew: true);

    /// <summary>Some static members of a type.</summary>
    public static Ban On(Type type, params string[] members) => Members(type, [.. members], andNew: false);

    /// <summary>A name, wherever it stands.</summary>
    public static Ban OnName(string name) => new(name, (tokens, i) => tokens[i].Text == name);

    /// <summary>A namespace and all below it.</summary>
    public static Ban OnNamespace(string name)
    {
        var parts = name.Split('.').SelectMany(p => new[] { ".", p }).Skip(1).ToArray();
        return new(name, (tokens, i) => tokens[i].Text == parts[0] && At(tokens, i - 1) != "."
            && parts.Select((p, n) => At(tokens, i + n) == p).All(same => same));
    }

    /// <summary>A method called with a single argument.</summary>
    public static Ban OnCallWithOneArgument(string type, string method, string why) => new($"{type}.{method}(path), {why}", (tokens, i) =>
        tokens[i].Text == type && At(tokens, i + 1) == "." && At(tokens, i + 2) == method && At(tokens, i + 3) == "("
            && Commas(tokens, i + 4) == 0);

    public static string At(ImmutableArray<Token> tokens, int i) => i >= 0 && i < tokens.Length ? tokens[i].Text : "";

    static Ban Members(Type type, ImmutableSortedSet<string> members, bool andNew)
    {
        var above = type.Namespace!.Split('.')[^1];
        var isStatic = type is { IsAbstract: true, IsSealed: true };
        return new(andNew ? type.Name : $"{type.Name}.{string.Join('/', members)}", (tokens, i) =>
            tokens[i].Text == type.Name
            && (At(tokens, i - 1) != "." || At(tokens, i - 2) == above)
            && ((At(tokens, i + 1) == "." && members.Contains(At(tokens, i + 2))) || (andNew && At(tokens, i - 1) == ".")
                || (andNew && !isStatic && At(tokens, i - 1) == "new")));
    }

    static int Commas(ImmutableArray<Token> tokens, int i)
    {
        var commas = 0;
        for (var depth = 1; depth > 0 && i < tokens.Length; i++)
        {
            depth += tokens[i].Text is "(" or "[" or "{" ? 1 : tokens[i].Text is ")" or "]" or "}" ? -1 : 0;
            commas += depth == 1 && tokens[i].Text == "," ? 1 : 0;
        }
        return commas;
    }
}
