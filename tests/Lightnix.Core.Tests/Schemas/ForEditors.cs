using System.Xml;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Schemas;

/// <summary>What an editor shows of items and properties is what the planner knows and the SDK's own text says.</summary>
public sealed class ForEditors
{
    [Fact]
    public void Know_exactly_the_metadata_that_the_planner_knows()
    {
        Assert.Equal(Enum.GetNames<ItemKind>().Order(StringComparer.Ordinal),
            Described.Items.Select(i => i.Name).Order(StringComparer.Ordinal));
        Assert.All(Described.Items, item => Assert.Equal(
            Schema.Of(Enum.Parse<ItemKind>(item.Name)).Keys.Order(StringComparer.Ordinal),
            item.Metadata.Select(m => m.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Have_a_sentence_for_each() =>
        Assert.DoesNotContain(Described.Items.Concat(Described.Items.SelectMany(i => i.Metadata)).Concat(Described.Properties),
            t => t.Sentence.Length == 0);

    [Fact]
    public void Are_made_of_the_sdks_own_text()
    {
        Approved.Equal("../../sdk/lightnix.xsd", XsdText.Make());
        Approved.Equal("../../sdk/Sdk.props.buildschema.json", BuildSchemaText.Make());
    }

    public static TheoryData<string> Samples =>
    [
        .. new[] { "samples", "benchmarks" }
            .Select(folder => Path.Combine(RepositoryRoot.Folder, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.lnproj", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(RepositoryRoot.Folder, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or ".packages")),
    ];

    [Theory, MemberData(nameof(Samples))]
    public void Find_nothing_wrong_with_a_sample(string file) =>
        Assert.Empty(Problems(File.ReadAllText(Path.Combine(RepositoryRoot.Folder, file))));

    [Theory]
    [InlineData("""<Stage Include="a" Commnd="true" />""")]
    [InlineData("""<Stage Include="a"><Comand>true</Comand></Stage>""")]
    [InlineData("""<Promise Include="a" Stage="b" Minimum="1" />""")]
    [InlineData("""<Matcher Include="a" Selection="Best" />""")]
    [InlineData("""<Source Include="a" Script="b" />""")]
    public void Find_a_misspelled_name(string item) =>
        Assert.NotEmpty(
        Problems($"""<Project Sdk="Lightnix.Sdk/1.0.0"><Target Name="T"><ItemGroup>{item}</ItemGroup></Target></Project>"""));

    [Fact]
    public void Let_through_what_is_not_Lightnixs() => Assert.Empty(Problems("""
        <Project Sdk="Microsoft.NET.Sdk">
          <Sdk Name="Lightnix.Sdk" Version="1.0.0" />
          <PropertyGroup Condition="'$(X)' == ''"><TargetFramework>net10.0</TargetFramework></PropertyGroup>
          <PropertyGroup><LightnixGenerateClass Condition="true">true</LightnixGenerateClass></PropertyGroup>
          <ItemGroup>
            <PackageReference Include="A" Version="1" />
            <Stage Include="a" Cores="$(Cores)" Shell="$(Shell)"><Command>echo 'a' > @{out}/b &amp;&amp; true</Command></Stage>
            <Promise Update="b" Type="%(Other.Type)" Condition="true" />
          </ItemGroup>
          <Target Name="T"><Message Text="x" /></Target>
        </Project>
        """));

    static List<string> Problems(string project)
    {
        var problems = new List<string>();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema };
        using (var xsd = XmlReader.Create(Described.File("lightnix.xsd")))
            settings.Schemas.Add(null, xsd);
        settings.ValidationEventHandler += (_, e) => problems.Add(e.Message);
        using var reader = XmlReader.Create(new StringReader(project), settings);
        while (reader.Read())
        {
        }
        return problems;
    }
}
