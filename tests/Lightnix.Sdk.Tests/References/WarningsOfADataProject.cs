namespace Lightnix.Sdk;

public sealed class WarningsOfADataProject : Playground
{
    [Fact]
    public void Are_silenced_or_errors_as_in_a_CSharp_project()
    {
        Write("data/data.lnproj", $$"""
            <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
              <PropertyGroup>
                <NoWarn>$(NoWarn);LNX1011</NoWarn>
                <WarningsAsErrors Condition="'$(WarningsNotAsErrors)' == ''">LNX1016</WarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <Stage Include="a" Command="echo $(nothing) > @{out}/x" />
                <Promise Include="x" Stage="a" OutputItemType="AdditionalFile" />
              </ItemGroup>
            </Project>
            """);

        var error = Fail("build", "data/data.lnproj", "-tl:off");
        Assert.Equal([("error", "LNX1016")], error.Diagnostics.Select(d => (d.Kind, d.Code)).Distinct());

        var warning = Succeed("build", "data/data.lnproj", "-tl:off", "-warnaserror", "-p:WarningsNotAsErrors=LNX1016");
        Assert.Equal([("warning", "LNX1016")], warning.Diagnostics.Select(d => (d.Kind, d.Code)).Distinct());
    }
}
