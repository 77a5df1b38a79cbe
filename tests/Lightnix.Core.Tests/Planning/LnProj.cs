using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>Declares projects in the text that authors write, without MSBuild: attributes and child elements are metadata, lists in Include make several items.</summary>
static class LnProj
{
    public static string Folder { get; } = OperatingSystem.IsWindows() ? @"C:\project" : "/project";

    public static string Absolute(string path) => Path.GetFullPath(path, Folder);

    public static DeclaredProject Parse(string xml) => new()
    {
        Name = "test",
        Directory = Folder,
        Items = DeclaredXml.Items(xml),
        NeverSources = [Absolute("bin"), Absolute("obj")],
    };

    /// <summary>The same items in another order, numbered anew.</summary>
    public static DeclaredProject With(this DeclaredProject project, IEnumerable<DeclaredItem> items) => project with { Items = DeclaredXml.Number(items) };

    public static PlanResult Plan(string xml, FakeContents? contents = null) => Planner.Plan(Parse(xml), contents ?? FakeContents.Usual);

    /// <summary>The plan of a project without a mistake.</summary>
    public static Plan Good(string xml, FakeContents? contents = null)
    {
        var result = Plan(xml, contents);
        Assert.Equal([], result.Diagnostics.Select(d => d.ToString()));
        return result.Plan!;
    }

    public static PlannedStage Stage(string xml, string name) => Good(xml).Find(StageName.Parse(name))!;
}
