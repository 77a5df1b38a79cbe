using Lightnix.Model;

namespace Lightnix.Tasks;

public sealed class ProjectPlacesTests : IDisposable
{
    readonly TempProject _project = new("""
        <Project>
          <Import Project="shared.props" />
          <ItemDefinitionGroup><Stage><Team>ours</Team></Stage></ItemDefinitionGroup>
          <ItemGroup>
            <Promise Include="plots\roc.png" Stage="a" Typ="File" />
            <Name Include="one;two" Colour="red" />
            <Stage Include="a" Command="x" />
            <Stage Include="a" Command="y" Commnd="z" />
            <Stage Include="@(Name->'%(Identity)-stage')" Command="w" />
            <Stage Update="two-stage" Commmand="w" />
          </ItemGroup>
        </Project>
        """);

    public ProjectPlacesTests()
    {
        _project.Write("shared.props", """
            <Project>
              <ItemGroup>

                <Stage Include="shared" Command="x" />
              </ItemGroup>
            </Project>
            """);
    }

    [Theory]
    [InlineData(0, "shared", "shared.props", 4, 5)]
    [InlineData(1, "a", "data.lnproj", 7, 5)]
    [InlineData(2, "a", "data.lnproj", 8, 5)]
    [InlineData(3, "one-stage", "data.lnproj", 9, 5)]
    [InlineData(4, "two-stage", "data.lnproj", 9, 5)]
    public void An_item_is_found_where_it_is_written(int ordinal, string name, string file, int line, int column)
    {
        using var places = new ProjectPlaces(_project.File, new Dictionary<string, string>());

        var place = places.Of(Stage(ordinal, name));

        Assert.Equal(new TextPlace(Path.Combine(_project.Directory, file), line, column), place);
    }

    [Fact]
    public void Metadata_of_an_update_are_found_at_the_update()
    {
        using var places = new ProjectPlaces(_project.File, new Dictionary<string, string>());

        Assert.Equal(10, places.Of(Stage(4, "two-stage"), "Commmand")?.Line);
    }

    [Theory]
    [InlineData(2, "a", "Commnd", true)]
    [InlineData(3, "one-stage", "Colour", false)]
    [InlineData(4, "two-stage", "Commmand", true)]
    [InlineData(3, "one-stage", "Commmand", false)]
    public void Only_written_metadata_count(int ordinal, string name, string metadata, bool written)
    {
        using var places = new ProjectPlaces(_project.File, new Dictionary<string, string>());

        Assert.Equal(written, places.IsWritten(Stage(ordinal, name), metadata));
    }

    [Fact]
    public void Separators_are_those_of_the_system()
    {
        using var places = new ProjectPlaces(_project.File, new Dictionary<string, string>());
        var promise = new DeclaredItem(ItemKind.Promise, Path.Combine("plots", "roc.png"), DeclaredItem.NoMetadata, 0);

        Assert.Equal(5, places.Of(promise)?.Line);
        Assert.True(places.IsWritten(promise, "Typ"));
    }

    [Theory]
    [InlineData("Team", false)]
    [InlineData("Commnd", true)]
    public void What_a_target_added_inherits_from_definitions_only(string metadata, bool written)
    {
        using var places = new ProjectPlaces(_project.File, new Dictionary<string, string>());

        Assert.Equal(written, places.IsWritten(Stage(5, "later"), metadata));
    }

    [Fact]
    public void An_item_that_a_target_added_has_no_place()
    {
        using var places = new ProjectPlaces(_project.File, new Dictionary<string, string>());

        Assert.Null(places.Of(Stage(5, "later")));
    }

    public void Dispose() => _project.Dispose();

    static DeclaredItem Stage(int ordinal, string name) => new(ItemKind.Stage, name, DeclaredItem.NoMetadata, ordinal);
}
