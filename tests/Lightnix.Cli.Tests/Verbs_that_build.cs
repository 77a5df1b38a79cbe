namespace Lightnix.Cli;

/// <summary>How <c>build</c>, <c>plan</c>, <c>run</c> and <c>test</c> call dotnet, which is a script here.</summary>
public sealed class Verbs_that_build : IDisposable
{
    readonly BuiltTool _tool = new() { IsProgram = true };
    readonly string _folder;

    public Verbs_that_build()
    {
        _folder = _tool.Farm.ProjectFolder;
        Dotnet("""printf '%s|' "$@"; exit 7""");
    }

    public void Dispose() => _tool.Dispose();

    void Dotnet(string script)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_tool.Farm.Folder, "dotnet")).FullName;
        File.WriteAllText(Path.Combine(folder, "dotnet"), $"#!/bin/sh\n{script}\n");
        _tool.Farm.Sh($"chmod +x '{folder}/dotnet'");
        _tool.Variables["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    void AssertCalls(string expected, params string[] arguments) =>
        Assert.Equal((7, $"build|{expected}|"), _tool.Run(arguments) is var (code, output, _) ? (code, output) : default);

    [Fact]
    public void Call_the_target_with_the_stages()
    {
        AssertCalls(_tool.Farm.Project, "build");
        AssertCalls($"{_tool.Farm.Project}|-p:LightnixStages=model", "build", "model");
        AssertCalls($"{_tool.Farm.Project}|-t:LightnixPlan|-p:LightnixStages=model train-%2A", "plan", "model", "train-*");
        AssertCalls($"{_tool.Farm.Project}|-t:LightnixRun|-p:LightnixStages=model|-v:n", "run", "model", "--verbose");
        AssertCalls($"{_tool.Farm.Project}|-t:Build;LightnixTest", "test");
    }

    [Fact]
    public void Pass_other_arguments_on()
    {
        AssertCalls($"{_tool.Farm.Project}|-p:LightnixStages=model|-p:LightnixStore=/s|-bl|-p:X=1",
            "build", "model", "--store", "/s", "--", "-bl", "-p:X=1");
        AssertCalls($"{_tool.Farm.Project}|-t:LightnixPlan|--no-restore", "plan", "--", "--no-restore");
    }

    [Fact]
    public void Name_each_data_project_of_a_solution()
    {
        File.WriteAllText(Path.Combine(_folder, "app.csproj"), "<Project />");
        var solution = Path.Combine(_folder, "All.slnx");
        File.WriteAllText(solution, """
            <Solution>
              <Folder Name="/sub/deep/"><Project Path="farm.lnproj" Type="C#" /></Folder>
              <Project Path="app.csproj" />
            </Solution>
            """);

        AssertCalls(solution, "build", "--project", solution);
        AssertCalls($@"{solution}|-t:sub\deep\farm:LightnixPlan", "plan", "--project", solution);
        AssertCalls($@"{solution}|-t:sub\deep\farm;sub\deep\farm:LightnixTest", "test", "--project", solution);

        solution = Path.Combine(_folder, "Old.sln");
        File.WriteAllText(solution, """
            Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "my.farm", "farm.lnproj", "{11111111-1111-1111-1111-111111111111}"
            EndProject
            Project("{2150E333-8FDC-42A3-9474-1A3956D46DE8}") = "sub", "sub", "{22222222-2222-2222-2222-222222222222}"
            EndProject
            	GlobalSection(NestedProjects) = preSolution
            		{11111111-1111-1111-1111-111111111111} = {22222222-2222-2222-2222-222222222222}
            """);
        AssertCalls($@"{solution}|-t:sub\my_farm:LightnixRun|-p:LightnixStages=model", "run", "model", "--project", solution);
    }

    [Fact]
    public void Say_what_they_cannot_find()
    {
        Assert.Contains("has no project and no solution", _tool.Run("build", "--project", _tool.Farm.Folder).Error,
            StringComparison.Ordinal);
        Assert.Contains("there is no project", _tool.Run("build", "--project", "nope.lnproj").Error, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "second.lnproj"), "<Project />");
        var (code, _, error) = _tool.Run("plan");
        Assert.Equal(2, code);
        Assert.Contains("has 'farm.lnproj', 'second.lnproj': say which with --project", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Keep_standard_output_for_JSON()
    {
        var (code, output, error) = _tool.Run("plan", "--json");

        Assert.Equal((7, $$"""{"exitCode":7,"project":"{{_tool.Farm.Project}}"}""" + "\n"), (code, output));
        Assert.Contains("-t:LightnixPlan", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task End_when_the_build_has_ended(string signal)
    {
        // Ctrl+C reaches both; a request to end, the tool alone.
        Dotnet("trap 'echo ended; exit 5' TERM INT; echo started $$; while :; do sleep 0.05; done");
        using var build = _tool.Start("build");
        var started = await build.StandardOutput.ReadLineAsync();

        _tool.Farm.Sh($"kill -{signal} {build.Id}" + (signal == "INT" ? $" {started!["started ".Length..]}" : ""));

        Assert.Equal("ended\n", await build.StandardOutput.ReadToEndAsync());
        await build.WaitForExitAsync();
        Assert.Equal(5, build.ExitCode);
    }
}
