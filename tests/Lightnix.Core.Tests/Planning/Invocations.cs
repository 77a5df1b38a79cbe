using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>What is executed.</summary>
public class Invocations
{
    const string Others = """
        <Stage Include="split" Command="true" /><Promise Include="train.csv;my file.csv" Stage="split" />
        <Stage Include="all" Command="true" /><Matcher Include="all" Select="All" /><Promise Include="m" Stage="all" />
        <Stage Include="t" Command="true" Matrix="n=2,1" /><Promise Include="m" Stage="t" />
        <Stage Include="tt" Command="true" Matrix="n=1,2" /><Matcher Include="tt[n=2]" Select="All" />
        """;

    [Theory]
    [InlineData("cat @{split/train.csv} > @{out}/x", "cat in/split/train.csv > out/x")]
    [InlineData("ls @{split} @{SPLIT}", "ls in/split in/split")]
    [InlineData("echo @{seed} @{replicate} @{cores}", "echo 42 2 8")]
    [InlineData("echo @@{out} HEAD@@{upstream}", "echo @{out} HEAD@{upstream}")]
    [InlineData("cat @{split/my file.csv}", "cat 'in/split/my file.csv'")]
    [InlineData("echo @{params.text} '@{params.text}' \"@{params.text}\"",
        "echo 'it'\\''s \"$5\"' 'it'\\''s \"$5\"' \"it's \\\"\\$5\\\"\"")]
    [InlineData("echo @{params.none}", "echo ''")]
    [InlineData("cat @{all}", "cat in/all/1 in/all/2 in/all/3")]
    [InlineData("cat @{all/m} x", "cat in/all/1/m in/all/2/m in/all/3/m x")]
    [InlineData("cat @{t/m}", "cat in/t-1/m in/t-2/m")]
    [InlineData("cat @{tt}", "cat in/tt-1 in/tt-2/1 in/tt-2/2")]
    [InlineData("cat @{t[n=2]}", "cat in/t-2")]
    public void Of_commands_are_quoted_where_they_need_it(string command, string expected)
    {
        var stage = Stage($"Command='{Xml(command)}'");

        var invocation = Planner.Invoke(stage, stage.Derivation.Builder, Bindings(stage), null);

        Assert.Equal(new Invocation.Shell("sh", expected), invocation);
    }

    [Theory]
    [InlineData("X=@{split/my file.csv}", "in/split/my file.csv")]
    [InlineData("X=--seed @{seed} --threads=@{cores}", "--seed 42 --threads=8")]
    [InlineData("X=@{params.text}", "it's \"$5\"")]
    [InlineData("X=HEAD@@{1}", "HEAD@{1}")]
    [InlineData("X=plain @ {text}", "plain @ {text}")]
    [InlineData("X=", "")]
    public void Of_any_kind_get_variables_with_their_values(string environment, string expected)
    {
        var stage = Stage($"Command='true' Environment='{Xml(environment)}'");

        Assert.Equal(expected, Planner.Variables(stage, Bindings(stage))["X"]);
        Assert.Equal(environment["X=".Length..], stage.Derivation.Environment["X"]);
        Assert.Equal(environment.Contains("@{split", StringComparison.Ordinal), stage.Inputs.Any(i => i.At == "split"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("--data @{split/my file.csv} --out=@{out}", "[--data][in/split/my file.csv][--out=out]")]
    [InlineData("@{params.text}", "[it's \"$5\"]")]
    [InlineData("@{params.none} ''", "[][]")]
    [InlineData("@{all/m}", "[in/all/1/m][in/all/2/m][in/all/3/m]")]
    [InlineData("--in=@{all}/x", "[--in=in/all/1/x][--in=in/all/2/x][--in=in/all/3/x]")]
    [InlineData("--@{seed}=@{t}", "[--42=in/t-1][--42=in/t-2]")]
    [InlineData("'a b @{seed}' @@{x}", "[a b 42][@{x}]")]
    public void Of_scripts_and_programs_are_words(string arguments, string expected)
    {
        var script = Stage($"Script='train.py' Arguments='{Xml(arguments)}'");
        var program = Stage($"Program='Trainer/Trainer.csproj' Arguments='{Xml(arguments)}'");

        var ofScript = (Invocation.Script)Planner.Invoke(script, script.Derivation.Builder, Bindings(script), null);
        var ofProgram = (Invocation.Program)Planner.Invoke(program, program.Derivation.Builder, Bindings(program), "/store/x");

        Assert.Equal(("python3", "train.py", expected), (ofScript.Interpreter, ofScript.Path.ToString(), Words(ofScript.Arguments)));
        Assert.Equal(("/store/x", "Trainer.dll", expected), (ofProgram.Folder, ofProgram.Entry.ToString(), Words(ofProgram.Arguments)));
    }

    [Theory]
    [InlineData("pwsh", "echo @{params.text} \"@{params.text}\" @{split/train.csv} @{params.rate}",
        "echo 'it''s \"$5\"' \"it's `\"`$5`\"\" in/split/train.csv 0.1")]
    [InlineData("cmd", "type @{split/train.csv} @{params.text} @{params.rate}", "type \"in/split/train.csv\" \"it's \"\"$5\"\"\" 0.1")]
    [InlineData("bash", "echo @{params.text}", "echo 'it'\\''s \"$5\"'")]
    public void Follow_the_actual_shell(string shell, string command, string expected)
    {
        var stage = Stage($"Command='{Xml(command)}'");

        var invocation = Planner.Invoke(stage, new Builder.Command("", shell), Bindings(stage), null);

        Assert.Equal(new Invocation.Shell(shell, expected), invocation);
    }

    [Fact]
    public void Follow_the_actual_interpreter()
    {
        var stage = Stage("Script='train.py'");

        var invocation = (Invocation.Script)Planner.Invoke(stage,
            ((Builder.Script)stage.Derivation.Builder) with { Interpreter = "python3.12" }, Bindings(stage), null);

        Assert.Equal("python3.12", invocation.Interpreter);
    }

    [Fact]
    public void Are_not_for_imports()
    {
        var stage = LnProj.Stage("""<Stage Include="a" Path="data" />""", "a");

        Assert.Throws<ArgumentException>(() => Planner.Invoke(stage, stage.Derivation.Builder, Bindings(stage), null));
    }

    [Fact]
    public void See_inputs_that_may_be_several()
    {
        var stage = Stage("Command='cat @{all} @{split/train.csv} @{tt}'");

        Assert.Equal(
            ["all * plural", "split train.csv", "tt-1 *", "tt-2 * plural"],
            stage.Inputs.Select(i => $"{i.At} {(i.Paths.IsEmpty ? "*" : string.Join(',', i.Paths))}{(i.Plural ? " plural" : "")}"));
    }

    static PlannedStage Stage(string metadata) =>
        LnProj.Stage($"{Others}<Stage Include='stage' Parameters='rate=0.1;none=;text=it%27s &quot;$5&quot;' {metadata} />", "stage");

    static Bindings Bindings(PlannedStage stage) =>
        new(42, 2, 8, stage.Derivation.Parameters,
            ImmutableSortedDictionary.CreateRange(Utf8Order.Instance, [KeyValuePair.Create("all", 3), KeyValuePair.Create("tt-2", 2)]));

    static string Words(ImmutableArray<string> words) => string.Concat(words.Select(w => $"[{w}]"));

    static string Xml(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("'", "&apos;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal);
}
