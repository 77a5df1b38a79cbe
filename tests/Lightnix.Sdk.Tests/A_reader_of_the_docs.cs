namespace Lightnix.Sdk;

/// <summary>A person who has a clone of the repository, follows a page of the docs, and compares what is printed with what the page shows.</summary>
public sealed class A_reader_of_the_docs : Playground
{
    public A_reader_of_the_docs()
    {
        // The clone, already packed.
        Directory.CreateDirectory(PathOf("lightnix", "artifacts"));
        Directory.CreateSymbolicLink(PathOf("lightnix", "artifacts", "packages"), World.Packages.TrimEnd('/'));
        File.SetUnixFileMode(Write("lightnix/build", "#!/bin/sh\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Home = Directory.CreateDirectory(PathOf("home")).FullName;
        Variables["NUGET_PACKAGES"] = "";
    }

    [Fact]
    public void Sees_what_the_tutorial_shows() => new Page("docs/tutorial.md").Follow(this, Root);

    [Fact]
    public void Gets_through_the_first_steps_of_the_readme() => new Page("README.md").Follow(this, PathOf("lightnix"));
}
