using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;

namespace Lightnix.Sdk;

/// <summary>
/// Writes a project, one call a line. Stands in for MSBuild.ProjectCreation, which the package feed at hand does not have.
/// </summary>
sealed class ProjectCreator
{
    readonly ProjectRootElement _root;

    ProjectCreator(string sdk)
    {
        _root = ProjectRootElement.Create(NewProjectFileOptions.None);
        _root.Sdk = sdk;
    }

    public string Text => _root.RawXml.Replace(" encoding=\"utf-16\"", "", StringComparison.Ordinal);

    public static ProjectCreator Lightnix() => new($"Lightnix.Sdk/{World.SdkVersion}");

    public static ProjectCreator CSharp(string outputType = "Library") =>
        new ProjectCreator("Microsoft.NET.Sdk").Property("OutputType", outputType).Property("TargetFramework", "net10.0");

    public ProjectCreator Property(string name, string value)
    {
        _root.AddProperty(name, value);
        return this;
    }

    public ProjectCreator Item(string type, string include, params (string Name, string Value)[] metadata)
    {
        var item = _root.AddItem(type, include);
        foreach (var (name, value) in metadata)
            item.AddMetadata(name, value, expressAsAttribute: true);
        return this;
    }

    /// <summary>A shell stage that promises one file.</summary>
    public ProjectCreator Stage(string name, string command, string? promise = null) =>
        promise is null ? Item("Stage", name, ("Command", command)) : Item("Stage", name, ("Command", command)).Promise(name, promise);

    public ProjectCreator Promise(string stage, string path, params (string Name, string Value)[] metadata) =>
        Item("Promise", path, [("Stage", stage), .. metadata]);

    public ProjectCreator Reference(string project) => Item("ProjectReference", project);
}
