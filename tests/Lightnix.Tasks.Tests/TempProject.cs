using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>A project file in a folder of its own, evaluated as MSBuild does before it calls a task.</summary>
sealed class TempProject : IDisposable
{
    readonly ProjectCollection _collection = new();

    /// <param name="folder">Of the project file, below the folder; empty: the folder itself.</param>
    public TempProject(string text, string folder = "")
    {
        File = Write(Path.Combine(folder, "data.lnproj"), text);
    }

    /// <summary>These items in a project that declares two properties and two files; they begin at line 3, column 5.</summary>
    public static TempProject OfItems(string items, string folder = "") => new($"""
        <Project>
          <PropertyGroup><Declared>x</Declared><Empty /></PropertyGroup><ItemGroup><Csv Include="one.csv;two.csv" />
            {items}
          </ItemGroup>
        </Project>
        """, folder);

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("lightnix-tasks-").FullName;

    public string File { get; }

    public RecordingEngine Engine { get; } = new();

    /// <summary>Everything that was logged, for the message of a test that fails.</summary>
    public string Said => string.Join('\n', [.. Engine.Errors.Select(e => $"error {e.Code}: {e.Message}"),
        .. Engine.Warnings.Select(w => $"warning {w.Code}: {w.Message}"), .. Engine.Messages.Select(m => m.Message)]);

    public string Write(string path, string text)
    {
        var file = Path.Combine(Directory, path);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, text);
        return file;
    }

    /// <summary>The project, as the SDK describes it.</summary>
    public ITaskItem Description(string linkDirectory = "bin/") => new TaskItem("project", new Dictionary<string, string>
    {
        [nameof(ProjectDescription.ProjectFile)] = ProjectCollection.Escape(File),
        [nameof(ProjectDescription.Store)] = ProjectCollection.Escape(Path.Combine(Directory, "store")),
        [nameof(ProjectDescription.LinkDirectory)] = linkDirectory,
        [nameof(ProjectDescription.IntermediateDirectory)] = "obj/lightnix/",
        [nameof(ProjectDescription.NeverSources)] = $"obj/;bin/;{Directory}/store",
        [nameof(ProjectDescription.HelpPage)] = ProjectCollection.Escape(Path.Combine(Directory, "diagnostics.md")),
    });

    /// <summary>A task with the project's items, as a target would call it.</summary>
    public T Task<T>()
        where T : StagesTask, new()
    {
        var instance = _collection.LoadProject(File).CreateProjectInstance();
        return new()
        {
            BuildEngine = Engine,
            Project = Description(),
            Stages = Items("Stage"),
            Sources = Items("Source"),
            Promises = Items("Promise"),
            Matchers = Items("Matcher"),
            TaskEnvironment = TaskEnvironment.CreateWithProjectDirectoryAndEnvironment(Directory),
        };

        ITaskItem[] Items(string type) => [.. instance.GetItems(type)];
    }

    /// <summary>Only what tasks see in the text, without asking the core.</summary>
    public void ShowWrittenMistakes() => Task<CheckStages>().Open(build => build.ReportWrittenMistakes());

    public void Dispose()
    {
        _collection.Dispose();
        MakeWritable(new(Directory));
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    /// <summary>What a store holds is read-only.</summary>
    static void MakeWritable(DirectoryInfo folder)
    {
        if (!OperatingSystem.IsWindows())
            folder.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var child in folder.EnumerateDirectories().Where(d => d.LinkTarget is null))
            MakeWritable(child);
    }
}
