namespace Lightnix.Planning;

/// <summary>The rules for names in <c>Parameters</c>, <c>Matrix</c> and <c>Environment</c>.</summary>
static class ParameterName
{
    public const string Rule = "a name is a letter or '_', then letters, digits, '_', '-' and '.'";
    public const string VariableRule = "a name is a letter or '_', then letters, digits and '_'";

    /// <summary>A letter or <c>_</c>, then letters, digits, <c>_</c>, <c>-</c> and <c>.</c>: what <c>@{params.name}</c> can say.</summary>
    public static bool IsLawful(string name) =>
        !name.StartsWith('-') && !name.StartsWith('.') && IsVariable(name.Replace('-', '_').Replace('.', '_'));

    /// <summary>A letter or <c>_</c>, then letters, digits and <c>_</c>: what every shell can read.</summary>
    public static bool IsVariable(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
