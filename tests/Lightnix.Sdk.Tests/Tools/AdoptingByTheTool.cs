namespace Lightnix.Sdk;

/// <summary><c>lightnix adopt</c> and <c>lightnix unadopt</c>, with real builds.</summary>
public sealed class AdoptingByTheTool : Playground
{
    public AdoptingByTheTool()
    {
        Write("train.sh", "echo model");
        Write("data.lnproj", $"""
            <Project Sdk="Lightnix.Sdk/{World.SdkVersion}">
              <ItemGroup>
                <Stage Include="model" Command="sh train.sh > @{"{out}"}/model.txt; echo x >> {PathOf("runs")}" />
                <Source Include="train.sh" Stage="model" />
                <Promise Include="model.txt" Stage="model" />
              </ItemGroup>
            </Project>
            """);
        RestoreTool();
    }

    [Fact]
    public void Spares_a_run_and_takes_that_back()
    {
        Succeed("build", "data.lnproj");
        Write("train.sh", "# a comment\necho model");
        const string reason = "a comment; 100 % harmless, $(really) @(x)";
        string[] adopt = ["lightnix", "adopt", "model", "--store", Store, "--reason", reason];

        var shown = Fail(adopt);
        Assert.True(shown.Says("model: would adopt replicate 1") && shown.Says("source train.sh:") && shown.Says("+# a comment")
            && shown.Says("nothing was adopted: --yes does it"), shown.ToString());
        var adopted = Succeed([.. adopt, "--yes", "--json"]);
        Assert.True(adopted.Says("{\"adopted\":[{\"adopted\":{\"from\":\""), adopted.ToString());
        Succeed("build", "data.lnproj");
        Assert.Equal(1, Lines("runs"));
        var record = Succeed("lightnix", "show", "model", "--store", Store);
        Assert.True(record.Says($"reason\t{reason}"), record.ToString());
        var listed = Succeed("lightnix", "ls", "--store", Store);
        Assert.True(listed.Says("\tadopted"), listed.ToString());
        var traced = Succeed("lightnix", "trace", "model", "--store", Store);
        Assert.True(traced.Says(reason), traced.ToString());
        Assert.True(Dotnet("build", "data.lnproj", "-p:LightnixAdopted=Warn").Says("LNX2021"));

        Succeed("lightnix", "unadopt", "model", "--store", Store);

        Succeed("build", "data.lnproj");
        Assert.Equal(2, Lines("runs"));
        Assert.True(Fail(adopt).Says("LNX2029"));

        Write("train.sh", "# another comment\necho model");
        var again = Succeed([.. adopt, "--yes"]);
        Assert.True(again.Says("model: adopted replicate ") && again.Says("+# another comment") && again.Says("-# a comment"),
            again.ToString());
    }
}
