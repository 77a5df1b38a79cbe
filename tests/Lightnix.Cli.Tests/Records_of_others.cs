namespace Lightnix.Cli;

/// <summary>Records and logs that were made to mislead.</summary>
[Trait("Speed", "Slow")]
public sealed class Records_of_others : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("\"order\":1,", "\"order\":9223372036854775807,")]
    [InlineData("\"order\":1,", "\"order\":1,\"replicate\":-5,")]
    [InlineData("\"nonce\":\"", "\"nonce\":\"\\ud800")]
    public void Says_which_record_makes_no_sense(string from, string to)
    {
        _tool.Forge("run", from, to);

        foreach (var verb in new[] { new[] { "show", "model" }, ["log", "model"], ["ls"], ["ls", "--runs"] })
        {
            var (code, output, error) = _tool.Run(verb);
            var isDamage = error.StartsWith("lightnix: error LNX3001: the store is damaged: ", StringComparison.Ordinal);
            Assert.True(code == 3 && isDamage, $"{verb[0]}: {code}: {output}{error}");
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }
        // What is right is listed.
        Assert.Contains("data\t", _tool.Run("ls").Output, StringComparison.Ordinal);
        var (found, text, _) = _tool.Run("verify");
        Assert.Equal(1, found);
        Assert.Contains("/run.", text, StringComparison.Ordinal);
        Assert.Contains("cannot be read", text, StringComparison.Ordinal);
        Assert.Equal(0, _tool.Run("verify", "--repair").Code);
        Assert.Equal(0, _tool.Run("ls").Code);
    }

    [Fact]
    public void Shows_no_control_characters_of_others()
    {
        const string hostile = "printf '\\033[31mred\\033]0;t\\007\\302\\233\\n##vso[x]\\n';";
        Assert.True(_tool.Farm.Build(recipe: $"x; {hostile} :").Succeeded);
        Assert.Equal(0, _tool.Run("rm", "model", "--reason", "\u001b[2J\u009b\u202e\nstate: chosen").Code);

        // A pipe gets the bytes of a log, and nothing else that is raw.
        Assert.Contains("\u001b[31mred\u001b]0;t\u0007\u009b\n##vso[x]\n", _tool.Run("log", "model").Output, StringComparison.Ordinal);
        string[][] verbs =
            [["ls", "--runs"], ["ls", "--runs", "--json"], ["show", "model"], ["show", "model", "--json"], ["log", "model", "--json"]];
        foreach (var verb in verbs)
            Assert.DoesNotContain(_tool.Run(verb).Output, c => (char.IsControl(c) && c is not ('\n' or '\t')) || c == '\u202e');
        Assert.Contains("%1B[2J%C2%9B%E2%80%AE", _tool.Run("show", "model").Output, StringComparison.Ordinal);
        Assert.DoesNotContain(_tool.Run("show", "model").Output.Split('\n'), l => l == "state: chosen");
        if (_tool.Terminal("show", "model") is { } shown)
            Assert.DoesNotContain("\nstate: chosen", shown.ReplaceLineEndings("\n"), StringComparison.Ordinal);

        // On a terminal, nothing of others is obeyed.
        if (_tool.Terminal("log", "model") is not { } terminal)
            return;
        Assert.Contains("%1B[31mred%1B]0;t%07%C2%9B", terminal, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[31m", terminal, StringComparison.Ordinal);
    }
}
