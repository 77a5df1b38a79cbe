namespace Lightnix.Sdk;

public sealed class TooOldMSBuild : Playground
{
    [Fact]
    public void Is_the_first_and_only_thing_reported()
    {
        Write("data/data.lnproj", ProjectCreator.Lightnix().Stage("a", "echo @{nowhere}"));

        var output = Fail("build", "data/data.lnproj", "-tl:off", "-p:_LightnixMinimumMSBuild=99.1");

        var error = Assert.Single(output.Diagnostics);
        Assert.Equal(("LNX5001", "data.lnproj"), (error.Code, error.File));
        Assert.Contains("MSBuild 99.1", error.Text, StringComparison.Ordinal);
    }
}
