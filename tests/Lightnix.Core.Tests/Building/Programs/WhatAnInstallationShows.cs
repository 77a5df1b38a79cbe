namespace Lightnix.Building;

/// <summary>Of the folders in which programs are found, a sandbox shows what belongs to programs.</summary>
[Trait("Speed", "Slow")]
public sealed class WhatAnInstallationShows : IDisposable
{
    const string Hello = "#!/bin/sh\necho hello\n";

    readonly FoundPrograms _files = new();

    public void Dispose() => _files.Dispose();

    string Secret(string path) => _files.Write(path, "SECRET\n");

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_home_behind_a_link_is_as_hidden_as_any(bool ordinary)
    {
        _files.Program("home/me/bin/mytool", Hello);
        _files.Program("home/me/.local/bin/mytool2", Hello);
        string[] secrets = [Secret("home/me/.ssh/id"), Secret("home/me/.local/share/keyrings/k"), Secret("home/me/notes")];
        var link = _files.Link("homes/link", "home/me");
        var bench = _files.Bench(ordinary, ["homes/link/bin", "homes/link/.local/bin"], home: link);
        var spelled = string.Join(' ', secrets.SelectMany(s => new[] { s, s.Replace(_files.Home, link, StringComparison.Ordinal) }));
        Assert.Equal("hello\nhello\n", await Users.Prints(bench, $"mytool; mytool2; cat {spelled} 2> /dev/null"));
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_project_behind_a_link_is_as_hidden_as_any(bool real)
    {
        _files.Program("project/mytool", Hello);
        var secret = Secret("project/undeclared");
        var link = _files.Link("links/project", "project");
        var bench = _files.Bench(false, [real ? "project" : "links/project"], project: link);
        Assert.Equal("hello\n", await Users.Prints(bench, $"mytool; cat {secret} {link}/undeclared 2> /dev/null"));
    }

    [SandboxFact]
    public async Task A_project_in_opt_behind_a_link_is_covered()
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        var project = Directory.CreateDirectory($"/opt/lightnix-{Path.GetRandomFileName()}").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(project, "undeclared"), "SECRET\n");
            var bench = _files.Bench(false, [], project: _files.Link("links/project", project));
            Assert.Equal("", await Users.Prints(bench, $"cat {project}/undeclared 2> /dev/null"));
        }
        finally
        {
            Directory.Delete(project, recursive: true);
        }
    }

    [SandboxFact]
    public async Task Folders_of_the_path_that_lead_nowhere_harm_nothing()
    {
        _files.Program("home/me/tools/tool", Hello);
        _files.Link("round/a", "round/b");
        _files.Link("round/b", "round/a");
        var bench = _files.Bench(false, ["round/a", "home/me/nothing", "home/me/tools"]);
        Assert.Equal("hello\n", await Users.Prints(bench, "tool"));
    }

    [SandboxTheory]
    [InlineData("shared/bin/tool", "shared/private/s")]
    [InlineData("shared/tool", "shared/private/s")]
    [InlineData("shared/tool", "shared/.env")]
    [InlineData("home/other/bin/tool", "home/other/.ssh/id")]
    [InlineData("home/me/.ssh/tool", "home/me/.ssh/id")]
    [InlineData("home/me/.local/bin/tool", "home/me/.local/share/keyrings/k")]
    [InlineData("home/me/.config/x/tool", "home/me/.config/x/token")]
    [InlineData("home/me/.aws/bin/tool", "home/me/.aws/credentials")]
    [InlineData("home/me/work/bin/tool", "home/me/work/data/table")]
    [InlineData("home/me/work/bin/tool", "home/me/work/notes")]
    [InlineData("home/me/bin/tool", "home/me/lib/s")]
    public async Task What_is_no_part_of_a_program_is_not_there(string tool, string secret)
    {
        _files.Program(tool, Hello);
        var bench = _files.Bench(false, [Path.GetDirectoryName(tool)!]);
        Assert.Equal("hello\n", await Users.Prints(bench, $"tool; cat {Secret(secret)} 2> /dev/null"));
    }

    [SandboxFact]
    public async Task A_link_out_of_an_installation_leads_nowhere()
    {
        _files.Program("shared/bin/tool", Hello);
        Secret("private/s");
        _files.Link("shared/share", "private");
        var bench = _files.Bench(false, ["shared/bin"]);
        Assert.Equal("hello\n", await Users.Prints(bench, $"tool; cat {_files.Root}/shared/share/s {_files.Root}/private/s 2> /dev/null"));
    }

    [SandboxFact]
    public async Task A_wrapper_shows_no_file_that_is_no_program()
    {
        var secret = Secret("home/me/.ssh/id");
        _files.Program("home/me/tools/wrap", $"#!/bin/sh\nexec {secret} \"$@\"\n");
        var bench = _files.Bench(false, ["home/me/tools"]);
        Assert.DoesNotContain("SECRET", await Users.Prints(bench, $"wrap; cat {secret}"), StringComparison.Ordinal);
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_a_Dotnet_in_a_home_the_keys_are_not_there(bool ordinary)
    {
        _files.Program("home/me/.dotnet/dotnet", Hello);
        foreach (var part in new[] { "host/fxr/1/x", "sdk/1/x", "shared/x/1/x", "packs/x", "templates/x" })
            _files.Write("home/me/.dotnet/" + part, "");
        Secret("home/me/.dotnet/corefx/cryptography/x509stores/my/k.pfx");
        Secret("home/me/.dotnet/toolResolverCache/x");
        Secret("home/me/.dotnet/tools/x");
        var bench = _files.Bench(ordinary, ["home/me/.dotnet"], dotnet: $"{_files.Home}/.dotnet/dotnet");
        // For every stage, whether it calls it or not.
        Assert.Equal("dotnet\nhost\npacks\nsdk\nshared\ntemplates\n", await Users.Prints(bench, "ls -A $DOTNET_ROOT"));
        Assert.Equal("dotnet\nhost\npacks\nsdk\nshared\ntemplates\nhello\n", await Users.Prints(bench, "ls -A $DOTNET_ROOT; dotnet"));
    }

    [SandboxTheory]
    // As .NET installs its tools, Java, Go, conda, pyenv, asdf and rustup theirs.
    [InlineData("home/me/.dotnet/tools/tool", "home/me/.dotnet/tools/.store/tool/1/x")]
    [InlineData("home/me/jdk-21/bin/tool", "home/me/jdk-21/conf/x")]
    [InlineData("home/me/.sdkman/candidates/java/21/bin/tool", "home/me/.sdkman/candidates/java/21/release")]
    [InlineData("home/me/go/bin/tool", "home/me/go/src/fmt/print.go", "home/me/go/pkg/tool/x")]
    [InlineData("home/me/miniconda3/bin/tool", "home/me/miniconda3/ssl/x", "home/me/miniconda3/conda-meta/history")]
    [InlineData("data/envs/my/bin/tool", "data/envs/my/any/x")]
    [InlineData("home/me/.pyenv/versions/3.12/bin/tool", "home/me/.pyenv/versions/3.12/include/x")]
    [InlineData("home/me/.asdf/installs/lang/1.2/bin/tool", "home/me/.asdf/installs/lang/1.2/any/x")]
    [InlineData("home/me/.rustup/toolchains/stable/bin/tool", "home/me/.rustup/toolchains/stable/lib/x")]
    [InlineData("home/me/apps/blender/tool", "home/me/apps/blender/4.1/scripts/x")]
    [InlineData("home/me/bundle/tool", "home/me/bundle/_internal/x")]
    [InlineData("data/tools/bin/tool", "data/tools/VERSION")]
    [InlineData("data/tools/tool", "data/tools/common.sh")]
    [InlineData("home/me/venv/bin/tool", "home/me/venv/pyvenv.cfg")]
    public async Task What_belongs_to_a_program_is_there(string tool, string part, string? mark = null)
    {
        _files.Program(tool, Hello);
        if (mark is not null)
            _files.Write(mark, "");
        var bench = _files.Bench(false, [Path.GetDirectoryName(tool)!]);
        Assert.Equal("hello\npart\n", await Users.Prints(bench, $"tool; cat {_files.Write(part, "part\n")}"));
    }

    [SandboxFact]
    public async Task A_package_of_Node_is_there_as_a_whole()
    {
        _files.Program("home/me/.nvm/versions/node/20/lib/node_modules/tool/bin/tool", Hello);
        _files.Link("home/me/.nvm/versions/node/20/bin/tool", "home/me/.nvm/versions/node/20/lib/node_modules/tool/bin/tool");
        var part = _files.Write("home/me/.nvm/versions/node/20/lib/node_modules/tool/internal/x", "part\n");
        var bench = _files.Bench(false, ["home/me/.nvm/versions/node/20/bin"]);
        Assert.Equal("hello\npart\n", await Users.Prints(bench, $"tool; cat {part}"));
    }
}
