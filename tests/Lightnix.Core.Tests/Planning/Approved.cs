using System.Text;

namespace Lightnix.Planning;

/// <summary>
/// Texts that a person has read and approved, in files beside the tests. A mismatch prints the new text; with <c>LIGHTNIX_APPROVE=1</c> it is
/// written to the file, to be read in the diff.
/// </summary>
static class Approved
{
    public static string Root { get; } = FindRoot();

    public static string File(string path) => Path.Combine(Root, "tests", "Lightnix.Core.Tests", path.Replace('/', Path.DirectorySeparatorChar));

    public static void Equal(string file, string actual)
    {
        var path = File(file);
        var expected = System.IO.File.Exists(path) ? System.IO.File.ReadAllText(path) : "";
        if (expected == actual)
            return;
        if (Environment.GetEnvironmentVariable("LIGHTNIX_APPROVE") == "1")
            System.IO.File.WriteAllText(path, actual, new UTF8Encoding(false));
        else
            Assert.Fail($"{file} is not what was approved. The new text:\n{actual}");
    }

    // Source paths in a deterministic build are not where the files are: the solution is looked for instead.
    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Lightnix.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"no Lightnix.sln above {AppContext.BaseDirectory}");
    }
}
