namespace Lightnix.Planning;

/// <summary>
/// Texts that a person has read and approved, in files beside the tests. A mismatch prints the new text; with <c>LIGHTNIX_APPROVE=1</c> it
/// is written to the file, to be read in the diff.
/// </summary>
static class Approved
{
    public static string File(string path) => RepositoryRoot.File($"tests/Lightnix.Core.Tests/{path}");

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
}
