using System.Diagnostics;
using CsCheck;

namespace Lightnix.Planning;

/// <summary>
/// Quoting is tried with the shells themselves: whatever a value holds, the shell must see it, at every place of a command.
/// </summary>
public class ShellQuoting
{
    // Each prints the value and a NUL, however the author quoted around the placeholder.
    static readonly string[] Places =
    [
        "printf '%s\\0' @{v}",
        "printf '%s\\0' \"@{v}\"",
        "printf '%s\\0' '@{v}'",
        "# it's @{v} \" (\nprintf '%s\\0' @{v}",
        "v=\"$(printf %s \"@{v}\")\"; printf '%s\\0' \"$v\"",
        "v=$(printf %s @{v}); printf '%s\\0' \"$v\"",
        "printf '%s' \"it's $((1 << 0))\" >/dev/null; printf '%s\\0' @{v}",
        "tr '\\n' '\\0' <<EOF\n@{v}\nEOF",
        "tr '\\n' '\\0' <<-'E O' # it's\n\t@{v}\n\tE O",
        "printf '%s\\0' x\\'@{v} | tail -c +3",
        "printf '%s\\0' `echo it`@{v} | tail -c +3",
        "v=`printf %s @{v}`; printf '%s\\0' \"$v\"",
        "v=`printf %s '@{v}'`; printf '%s\\0' \"$v\"",
        "v=`printf %s \"@{v}\"`; printf '%s\\0' \"$v\"",
        "v=\"`printf %s @{v}`\"; printf '%s\\0' \"$v\"",
        "case x in x) printf '%s\\0' @{v};; esac; : \"it's\"",
    ];

    [Theory]
    [InlineData("sh")]
    [InlineData("bash")]
    [Trait("Speed", "Slow")]
    public void Shows_the_shell_what_was_meant(string shell)
    {
        if (OperatingSystem.IsWindows())
            return;
        string[] special =
            ["", "it's", "$(date)", "`date`", "a b", "~", "-n", "EOF ", "\\", "\\\\", "''", "\"\"", "!x", "$HOME", "%s", "#"];

        Gen.String[Gen.Char["ab '\"$`\\!*?;&|<>(){}[]#~=%^ü-,.@"], 0, 12].Array[200].Sample(values =>
        {
            var all = values.Concat(special).ToArray();
            var script = string.Concat(all.Select((value, i) => Command(shell, Places[i % Places.Length], value) + "\n"));

            Assert.Equal(all, Run(shell, script));
        }, iter: 10, threads: 1);
    }

    [Theory]
    [InlineData("sh", "a-b_c/d.e:f,g=h+i@j%k", "a-b_c/d.e:f,g=h+i@j%k")]
    [InlineData("sh", "", "''")]
    [InlineData("sh", "~", "'~'")]
    [InlineData("sh", "a\nb", "'a\nb'")]
    [InlineData("sh", "ü", "'ü'")]
    [InlineData("pwsh", "in/a/b.csv", "in/a/b.csv")]
    [InlineData("pwsh", "0.10", "0.10")]
    [InlineData("pwsh", "1kb", "'1kb'")]
    [InlineData("pwsh", "-Name", "'-Name'")]
    [InlineData("pwsh", "it’s", "'it’’s'")]
    [InlineData("pwsh", "a,b", "'a,b'")]
    [InlineData("pwsh", "", "''")]
    [InlineData("cmd", "out", "out")]
    [InlineData("cmd", "in/a", "\"in/a\"")]
    [InlineData("cmd", "100%", "\"100%\"")]
    [InlineData("cmd", "a\"b", "\"a\"\"b\"")]
    public void Is_bare_where_it_can_be(string shell, string value, string quoted) =>
        Assert.Equal(quoted, ShellText.For(shell).Quote(value));

    [Theory]
    [InlineData("pwsh", "echo '", "it's", "it''s")]
    [InlineData("pwsh", "echo \"", "a\"$b`", "a`\"`$b``")]
    [InlineData("pwsh", "echo \"x $(", "a b", "'a b'")]
    [InlineData("pwsh", "echo \"x $('a') ", "a b", "a b")]
    [InlineData("pwsh", "# it's ", "a\nb", "a b")]
    [InlineData("pwsh", "<# it's #> echo ", "a b", "'a b'")]
    [InlineData("pwsh", "<# it's ", "a #> b", "a # > b")]
    [InlineData("pwsh", "$x = @'\n", "it's", "it's")]
    [InlineData("pwsh", "$x = @'\nit's\n'@; echo ", "a b", "'a b'")]
    [InlineData("pwsh", "$x = @\"\n\"", "$a", "`$a")]
    [InlineData("pwsh", "echo `' ", "a b", "'a b'")]
    [InlineData("cmd", "echo \"", "a b", "a b")]
    [InlineData("cmd", "echo \"a\" ", "a b", "\"a b\"")]
    [InlineData("sh", "echo 'it'\\''s' ", "a b", "'a b'")]
    [InlineData("sh", "echo a#b' ", "a b", "a b")]
    [InlineData("sh", "cat <<A <<'B'\nit's\nA\n", "$x", "$x")]
    [InlineData("sh", "cat <<A <<'B'\n", "$x", "\\$x")]
    [InlineData("sh", "cat <<A\nit's\nA\necho ", "a b", "'a b'")]
    [InlineData("sh", "cat <<< 'x' ", "a b", "'a b'")]
    [InlineData("sh", "echo \"`echo '", "it's", "it'\\\\''s")]
    public void Follows_what_stands_before(string shell, string before, string value, string quoted)
    {
        var text = ShellText.For(shell);

        text.Read(before);

        Assert.Equal(quoted, text.Quote(value));
    }

    static string Command(string shell, string template, string value)
    {
        var text = ShellText.For(shell);
        var command = new StringBuilder();
        foreach (var piece in PlaceholderText.Parse(template, out _))
        {
            if (piece.IsPlaceholder)
            {
                command.Append(text.Quote(value));
                text.ReadValue();
            }
            else
            {
                command.Append(piece.Text);
                text.Read(piece.Text);
            }
        }
        return command.ToString();
    }

    static string[] Run(string shell, string script)
    {
        using var process = Process.Start(new ProcessStartInfo(shell)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        var text = output.GetAwaiter().GetResult();
        process.WaitForExit();
        return text.Split('\0')[..^1];
    }
}
