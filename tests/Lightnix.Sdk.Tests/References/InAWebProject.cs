using System.IO.Compression;

namespace Lightnix.Sdk;

/// <summary>
/// Static web assets, Razor components, resources and assemblies: what .NET treats in ways of its own, from a data project and from stages
/// of the web project itself.
/// </summary>
public sealed class InAWebProject : Playground
{
    [Fact]
    public void Publishes_what_was_chosen_and_also_what_was_chosen_before()
    {
        WriteProjects();

        foreach (var text in (string[])["first", "the second", "first"])
        {
            Write("data/text", text);
            Write("web/text", text);
            Succeed("publish", "web", "-tl:off", "-o", "published");

            // Compressed files are those of the files beside them, and no others.
            Assert.Equal([text, text, text, text],
                [Read("published/wwwroot/given.js"), Unzip("given.js"), Read("published/wwwroot/own.js"), Unzip("own.js")]);
            Assert.Equal($"{text}|{text}|Given|Own|xunit.core", Dotnet(PathOf("published", "web.dll")).Text.Split('\n')[1].Trim());
        }
        Assert.Contains("\"own.js\"", Read("published/web.staticwebassets.endpoints.json"), StringComparison.Ordinal);
    }

    string Unzip(string name)
    {
        using var reader =
            new StreamReader(new GZipStream(File.OpenRead(PathOf("published", "wwwroot", name + ".gz")), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    void WriteProjects()
    {
        // Any assembly will do that nothing else brings.
        File.Copy(typeof(FactAttribute).Assembly.Location, Write("data/xunit.core.dll", ""), overwrite: true);
        WriteScript("data", "given");
        WriteScript("web", "own");
        Write("data/data.lnproj", ProjectCreator.Lightnix()
            .Item("Source", "make.sh;text;xunit.core.dll")
            .Stage("made", "sh make.sh @{out}; cp xunit.core.dll @{out}")
            .Promise("made", "given.js", ("OutputItemType", "Content"), ("Link", "wwwroot/given.js"))
            .Promise("made", "Given.razor", ("OutputItemType", "RazorComponent"))
            .Promise("made", "given.resx", ("OutputItemType", "EmbeddedResource"))
            .Promise("made", "xunit.core.dll", ("OutputItemType", "Reference")));
        Write("web/web.csproj", $$"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <Sdk Name="Lightnix.Sdk" Version="{{World.SdkVersion}}" />
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><UseAppHost>false</UseAppHost></PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../data/data.lnproj" />
                <Stage Include="made" Command="sh make.sh @{out}" />
                <Source Include="make.sh;text" Stage="made" />
                <Promise Include="own.js" Stage="made" OutputItemType="Content" Link="wwwroot/own.js" />
                <Promise Include="Own.razor" Stage="made" OutputItemType="RazorComponent" />
                <Promise Include="own.resx" Stage="made" OutputItemType="EmbeddedResource" />
              </ItemGroup>
            </Project>
            """);
        Write("web/Program.cs", """
            using System;
            using System.Resources;
            var own = typeof(web.Own).Assembly;
            var xunit = typeof(Xunit.FactAttribute).Assembly.GetName().Name;
            Console.WriteLine($"{Text("given")}|{Text("own")}|{typeof(web.Given).Name}|{nameof(web.Own)}|{xunit}");
            string Text(string name) => new ResourceManager("web." + name, own).GetString("text")!;
            """);
    }

    void WriteScript(string project, string name) => Write(project + "/make.sh", $"""
        cp text $1/{name}.js
        echo "<p>$(cat text)</p>" > $1/{char.ToUpperInvariant(name[0])}{name[1..]}.razor
        cat > $1/{name}.resx <<END
        <root>
        <resheader name="resmimetype"><value>text/microsoft-resx</value></resheader>
        <resheader name="reader"><value>System.Resources.ResXResourceReader, System.Windows.Forms</value></resheader>
        <resheader name="writer"><value>System.Resources.ResXResourceWriter, System.Windows.Forms</value></resheader>
        <data name="text"><value>$(cat text)</value></data>
        </root>
        END
        """);
}
