using System.Net;

namespace Lightnix.Cli;

/// <summary>A piece of HTML. Text becomes HTML by being escaped here, and nowhere else.</summary>
sealed record Html(string Text)
{
    public static Html None { get; } = new("");

    /// <summary>Literals are HTML; holes are escaped, unless they are HTML too.</summary>
    public static Html Of(HtmlHandler handler) => new(handler.Text);

    /// <summary>Text of several lines. Control characters are made visible, like in all texts.</summary>
    public static Html Lines(string text) => new(WebUtility.HtmlEncode(Visible.Lines(text)));

    public static Html Escaped(string text) => new(WebUtility.HtmlEncode(Visible.Text(text)));

    public static Html Joined(IEnumerable<Html> parts, string between = "") => new(string.Join(between, parts.Select(p => p.Text)));

    public override string ToString() => Text;
}
