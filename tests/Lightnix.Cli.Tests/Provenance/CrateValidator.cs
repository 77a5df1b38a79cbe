using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>Validates RO-Crates by SHACL shapes, with npm's <c>shacl-engine</c>.</summary>
static class CrateValidator
{
    // Fetched once for each set of packages.
    static readonly Lazy<string> Installed = new(Install);

    public static (int Code, string Problems) Check(string crate)
    {
        var (code, output) = Sh.TryRun("node", Installed.Value, ["check.mjs", crate]);
        return (code, output.Trim());
    }

    static string Install()
    {
        var from = RepositoryRoot.File("tests/Lightnix.Cli.Tests/Provenance/Crates");
        var folder = Path.Combine(RepositoryRoot.Folder, "artifacts", "crate-validator");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        var (mark, wanted) = (Path.Combine(folder, "installed"), File.ReadAllText(Path.Combine(folder, "package-lock.json")));
        if (File.Exists(mark) && File.ReadAllText(mark) == wanted)
            return folder;
        var (code, output) = Sh.TryRun("npm", folder, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
        Assert.True(code == 0, $"the validator of RO-Crates needs Node.js 20 and npm: {output}");
        File.WriteAllText(mark, wanted);
        return folder;
    }
}
