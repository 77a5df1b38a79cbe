using System.Runtime.CompilerServices;

namespace Lightnix.Cli;

/// <summary>Puts escaped values between literal HTML.</summary>
[InterpolatedStringHandler]
sealed class HtmlHandler(int literalLength, int formattedCount)
{
    readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

    public string Text => _text.ToString();

    public void AppendLiteral(string html) => _text.Append(html);

    public void AppendFormatted(Html html) => _text.Append(html.Text);

    public void AppendFormatted(IEnumerable<Html> parts)
    {
        foreach (var part in parts)
            _text.Append(part.Text);
    }

    public void AppendFormatted(string? text) => _text.Append(Html.Escaped(text ?? "").Text);

    public void AppendFormatted(int number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");
}
