namespace Lightnix.Sdk;

/// <summary>A stage that does not write the file that it promises; then the promise is corrected.</summary>
public sealed class BrokenPromise(BrokenPromise.Builds builds) : IClassFixture<BrokenPromise.Builds>
{
    [Fact]
    public void It_is_reported_at_its_line()
    {
        var error = Assert.Single(builds.Broken.Diagnostics, d => d.Code == "LNX2001");
        Assert.Equal("data.lnproj(4,5)", error.Place);
    }

    [Fact]
    public void Nothing_downstream_runs() => Assert.Equal(0, builds.RunsOfUser);

    [Fact]
    public void What_does_not_depend_on_it_is_built() => Assert.True(builds.Broken.Ran("apart"), builds.Broken.ToString());

    [Fact]
    public void Building_again_does_not_run_it_again() => Assert.Equal(1, builds.RunsWhileBroken);

    [Fact]
    public void The_corrected_promise_takes_the_kept_result()
    {
        Assert.Equal(1, builds.Runs);
        Assert.Equal("a model\n", builds.Read("data/bin/user/copy"));
    }

    public sealed class Builds : Playground
    {
        public Builds()
        {
            Write("data/data.lnproj", Project("modle.txt"));
            Broken = Fail("build", "data/data.lnproj", "-tl:off");
            RunsOfUser = Lines("user");
            Fail("build", "data/data.lnproj", "-tl:off");
            RunsWhileBroken = Lines("train");

            Write("data/data.lnproj", Project("model.txt"));
            Succeed("build", "data/data.lnproj", "-tl:off");
            Runs = Lines("train");
        }

        public BuildOutput Broken { get; }

        public int RunsOfUser { get; }

        public int RunsWhileBroken { get; }

        public int Runs { get; }

        string Project(string promised) => $$"""
            <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
              <ItemGroup>
                <Stage Include="train" Command="echo a model > @{out}/model.txt; echo x >> {{PathOf("train")}}" />
                <Promise Include="{{promised}}" Stage="train" />
                <Stage Include="user" Command="cat @{train}/model.txt > @{out}/copy; echo x >> {{PathOf("user")}}" />
                <Stage Include="apart" Command="echo 1 > @{out}/one" />
              </ItemGroup>
            </Project>
            """;
    }
}
