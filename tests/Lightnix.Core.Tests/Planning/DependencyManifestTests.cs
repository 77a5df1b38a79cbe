namespace Lightnix.Planning;

public sealed class DependencyManifestTests
{
    const string Restored = """
        {
          "targets": {
            ".NETCoreApp,Version=v10.0": {
              "trainer/VERSION": { "dependencies": { "lib": "VERSION", "Lib.Csv": "1.2.3" }, "runtime": { "trainer.dll": {} } },
              "lib/VERSION": { "runtime": { "lib.dll": { "assemblyVersion": "1.2.3.0" } } },
              "Lib.Csv/1.2.3": { "runtime": { "lib/net6.0/Lib.Csv.dll": {} } }
            }
          },
          "libraries": {
            "trainer/VERSION": { "type": "project" },
            "lib/VERSION": { "type": "project" },
            "Lib.Csv/1.2.3": { "type": "package", "path": "lib.csv/1.2.3" }
          }
        }
        """;

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("1.0.0-beta.1+abc")]
    [InlineData("1.0.0")]
    public void Projects_have_one_version_and_packages_their_own(string version) =>
        Assert.Equal(Restored.Replace("VERSION", "1.0.0", StringComparison.Ordinal),
            DependencyManifest.Normalize(Restored.Replace("VERSION", version, StringComparison.Ordinal)));
}
