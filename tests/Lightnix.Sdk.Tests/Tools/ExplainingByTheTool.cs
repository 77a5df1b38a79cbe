using System.Text.Json;

namespace Lightnix.Sdk;

/// <summary><c>lightnix why</c> with real builds: after an edit it names the edit with both values, and so does the plan.</summary>
public sealed class ExplainingByTheTool : Playground
{
    public ExplainingByTheTool() => RestoreTool();

    void Declare(string word, string rate, string level, string min, int atLeast, string up, string same, string order)
    {
        var stages = $"""
            <Stage Include="word" Command="echo a {word} word > @(out)/o" /><Promise Include="o" Stage="word" />
            <Stage Include="source" Command="cat src.txt > @(out)/o" /><Source Include="src.txt" Stage="source" />
            <Promise Include="o" Stage="source" />
            <Stage Include="parameter" Command="echo @(params.rate) > @(out)/o" Parameters="rate={rate}" />
            <Promise Include="o" Stage="parameter" />
            <Stage Include="variable" Command="echo $LEVEL > @(out)/o" Environment="LEVEL={level}" />
            <Promise Include="o" Stage="variable" />
            <Stage Include="promise" Command="echo 1 > @(out)/o" /><Promise Include="o" Stage="promise" Type="Number" Min="{min}" />
            <Stage Include="matcher" Command="echo @(replicate) > @(out)/o" /><Promise Include="o" Stage="matcher" Type="Number" />
            <Matcher Include="matcher" Select="Best" Metric="o" AtLeast="{atLeast}" />
            <Stage Include="up" Command="{up} > @(out)/o" /><Promise Include="o" Stage="up" />
            <Stage Include="below" Command="cat @(up/o) > @(out)/o" /><Promise Include="o" Stage="below" />
            <Stage Include="same" Command="{same} > @(out)/o" /><Promise Include="o" Stage="same" />
            <Stage Include="unmoved" Command="cat @(same/o) > @(out)/o" /><Promise Include="o" Stage="unmoved" />
            <Stage Include="cell" Matrix="x=1,2" Command="echo @(params.x) > @(out)/o" /><Promise Include="o" Stage="cell" Type="Number" />
            <Stage Include="choice" From="cell" /><Matcher Include="choice" Select="Best" Metric="o" Order="{order}" />
            """;
        // Placeholders have the braces that C# has.
        var text = System.Text.RegularExpressions.Regex.Replace(stages, @"@\(([^)]*)\)", "@{$1}");
        Write("data.lnproj", $"<Project Sdk=\"Lightnix.Sdk/{World.SdkVersion}\">\n  <ItemGroup>\n{text}\n  </ItemGroup>\n</Project>\n");
    }

    [Fact]
    public void Names_each_edit_and_what_follows_from_it_before_and_after_the_build()
    {
        Write("src.txt", "one\ntwo\nthree\n");
        Declare("old", "0.1", "1", "0", 2, "echo up", "echo same", "Max");
        Succeed("build", "data.lnproj");
        Write("src.txt", "one\n2\nthree\n");
        Declare("new", "0.05", "2", "5", 3, "echo down", "echo  same", "Min");

        var why = Json("why");

        Assert.Equal(
        [
            "Command was 'echo a old word > @{out}/o' and is 'echo a new word > @{out}/o'", "source src.txt changed (content)",
            "parameter rate was '0.1' and is '0.05'", "environment variable LEVEL was '1' and is '2'", "promise o Min was '0' and is '5'",
            "matcher AtLeast was '2' and is '3'",
            "Command was 'echo up > @{out}/o' and is 'echo down > @{out}/o'",
            "Command was 'echo same > @{out}/o' and is 'echo  same > @{out}/o'",
        ], why.GetProperty("causes").EnumerateArray().Select(c => c.GetProperty("text").GetString()));
        Assert.Equal(["below", "unmoved"], why.GetProperty("following").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal([" one", "-two", "+2", " three"],
            why.GetProperty("causes")[1].GetProperty("difference").EnumerateArray().Select(l => l.GetString()).Take(4));
        // The plan for people has the same sentences.
        var plan = Succeed("build", "data.lnproj", "-t:LightnixPlan");
        Assert.All(why.GetProperty("causes").EnumerateArray(),
            c => Assert.True(plan.Says(c.GetProperty("text").GetString()!), plan.ToString()));
        var choice = Planned(why, "choice").GetProperty("news");
        Assert.Equal(("cell-2", "cell-1"), (Winner(choice, "before"), Winner(choice, "now")));
        Assert.Equal(1, Planned(Json("why", "matcher"), "matcher").GetProperty("runs").GetInt32());

        Declare("new", "0.05", "2", "1", 3, "echo down", "echo  same", "Min");
        Succeed("build", "data.lnproj");

        Assert.Empty(Json("why").GetProperty("causes").EnumerateArray());
        var below = Json("why", "below").GetProperty("last")[0];
        Assert.Equal("up", Assert.Single(below.GetProperty("causes").EnumerateArray()).GetProperty("stages")[0].GetString());
        Assert.Equal(["below"], below.GetProperty("following").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal("same", Json("why", "unmoved").GetProperty("last")[0].GetProperty("unmoved")[0].GetProperty("stage").GetString());
        Assert.Equal("cell-1", Winner(Json("why", "choice").GetProperty("last")[0].GetProperty("news"), "now"));
    }

    JsonElement Json(params string[] words)
    {
        var said = Succeed(["lightnix", .. words, "--store", Store, "--json"]).ToString();
        var line = said.Split('\n').First(l => l.StartsWith('{'));
        return JsonDocument.Parse(line).RootElement;
    }

    static JsonElement Planned(JsonElement why, string stage) =>
        why.GetProperty("plan").EnumerateArray().Single(p => p.GetProperty("stage").GetString() == stage);

    static string? Winner(JsonElement news, string side) =>
        news.GetProperty(side)[0].GetProperty("winner").GetProperty("stage").GetString();
}
