namespace Lightnix.Cli;

/// <summary>JSON inside of a page, for its script.</summary>
static class PageData
{
    public static Html Of(string id, JsonValue value) =>
        Html.Of($"<script type=\"application/json\" id=\"{id}\">{new Html(Text(value))}</script>\n");

    /// <summary>JSON without a character that means something to HTML: no text ends the element that it is in.</summary>
    public static string Text(JsonValue value) =>
        string.Concat(CanonicalJson.ToText(value).Select(c => IsHarmless(c) ? c.ToString() : Escaped(c)));

    static bool IsHarmless(char c) => c is >= ' ' and <= '~' and not '<' and not '>' and not '&' and not '\'';

    static string Escaped(char c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
}
