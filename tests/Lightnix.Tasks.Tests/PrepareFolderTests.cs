namespace Lightnix.Tasks;

public sealed class PrepareFolderTests
{
    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error_in_one_line()
    {
        using var project = TempProject.OfItems("");
        project.Write("obj", "a file");

        Assert.False(new PrepareFolder { BuildEngine = project.Engine, Project = project.Description(), Folder = "obj/" }.Execute());

        var error = Assert.Single(project.Engine.Errors);
        Assert.Equal(("LNX3003", project.File), (error.Code, error.File));
        Assert.Contains("--artifacts-path", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
    }
}
