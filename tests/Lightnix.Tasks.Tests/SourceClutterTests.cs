namespace Lightnix.Tasks;

public sealed class SourceClutterTests
{
    [Theory]
    [InlineData("**", "src/a.py")]
    [InlineData("src/**", "src/a.py")]
    [InlineData("src/**/*", "src/a.py")]
    [InlineData("src/*/*", "")]
    [InlineData("src/.git/**", "src/.git/config,src/.git/refs/head")]
    [InlineData("**/.venv/**", "src/.venv/bin/python,src/.venv/pyvenv.cfg")]
    [InlineData("src/*~", "src/a.py~")]
    [InlineData("src/a.py~;src/**/*.pyc", "src/a.py~")]
    [InlineData("$(Backup);src/.DS_Store", "src/.DS_Store,src/a.py~")]
    [InlineData("src/__pycache__/a.pyc", "src/__pycache__/a.pyc")]
    [InlineData("src/**/*.so", "")]
    [InlineData("src/env/**/*.so", "src/env/lib/x.so")]
    public void Only_what_is_named_is_taken_of_it(string include, string kept)
    {
        using var project = Project($"""<Source Include="{include}" />""");
        foreach (var file in Files)
            project.Write(file, "");

        Assert.Equal(kept.Split(',', StringSplitOptions.RemoveEmptyEntries),
            Kept(project).Kept.Select(i => i.Include).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_left_out_is_reported_with_the_way_back()
    {
        using var project = Project("""<Source Include="src/**" />""");
        foreach (var file in Files)
            project.Write(file, "");

        Assert.StartsWith(
            "left out of the sources: '.#a.py' (1 file), '.DS_Store' (1 file), '.git' (2 files), '.ipynb_checkpoints' (1 file), '.venv' (2 "
                + "files), '__pycache__' (1 file), 'a.py~' (1 file), 'env' (2 files), 'node_modules' (1 file). A wildcard that names",
            Kept(project).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_of_an_author_stay()
    {
        string[] own =
            [".config/a.json", ".github/b.yml", ".hidden", ".streamlit/c.toml", "gitignore", "lib/site/d.py", "node/e.js", "venv/f.py"];
        using var project = Project("""<Source Include="**" Exclude="*.lnproj" />""");
        foreach (var file in own)
            project.Write(file, "");

        var clutter = Kept(project);

        Assert.Equal(own, clutter.Kept.Select(i => i.Include).Order(StringComparer.Ordinal));
        Assert.Null(clutter.Hint);
    }

    static readonly string[] Files =
    [
        "src/a.py", "src/a.py~", "src/.#a.py", "src/.DS_Store", "src/.git/config", "src/.git/refs/head", "src/.venv/pyvenv.cfg",
            "src/.venv/bin/python", "src/__pycache__/a.pyc",
        "src/node_modules/x/index.js", "src/.ipynb_checkpoints/n.ipynb", "src/env/pyvenv.cfg", "src/env/lib/x.so",
    ];

    static TempProject Project(string items) => new($"""
        <Project>
          <PropertyGroup><Backup>src/a.py~</Backup></PropertyGroup>
          <ItemGroup>{items}</ItemGroup>
          <ItemGroup><Source Remove="*.lnproj" /></ItemGroup>
        </Project>
        """);

    static (IReadOnlyList<Model.DeclaredItem> Kept, string? Hint) Kept(TempProject project)
    {
        using var places = new ProjectPlaces(project.File, new Dictionary<string, string>());
        var clutter = new SourceClutter(new(project.Task<CheckStages>()), places);
        return (clutter.Kept, clutter.Hint);
    }
}
