using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>Mistakes of declaration. The cases, and what is said about them, are in <c>approved/mistakes.txt</c>.</summary>
public class Mistakes
{
    [Fact]
    public void Are_told_as_approved() => CaseFile.Check("Planning/approved/mistakes.txt", Told);

    [Fact]
    public void Have_codes_that_are_documented()
    {
        var page = File.ReadAllText(Path.Combine(Approved.Root, "docs", "diagnostics.md"));

        var codes = CaseFile.Read("Planning/approved/mistakes.txt").SelectMany(c => LnProj.Plan(c.Input).Diagnostics).Select(d => d.Code).Distinct();

        Assert.All(codes, code => Assert.Contains($"\n## {code}\n", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Leave_no_plan() => Assert.All(CaseFile.Read("Planning/approved/mistakes.txt").Select(c => LnProj.Plan(c.Input)), r => Assert.Equal(r.Plan is null, r.Diagnostics.Length > 0));

    static IEnumerable<string> Told(string xml) => LnProj.Plan(xml).Diagnostics.Select(Line);

    static string Line(Diagnostic diagnostic) =>
        $"{diagnostic.Item!.Kind}[{diagnostic.Item.Ordinal}]{(diagnostic.Metadata is { } m ? "." + m : "")} {diagnostic.Code} {diagnostic.Message.Replace(LnProj.Folder, "/project", StringComparison.Ordinal)}";
}
