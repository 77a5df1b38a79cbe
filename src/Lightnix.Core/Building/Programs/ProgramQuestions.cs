namespace Lightnix.Building;

/// <summary>Runs programs of this machine outside of the sandbox, to ask them something. Builders cannot change the answer: the folder is
/// empty, the environment is made from that of the build, and no program of a builder is run.</summary>
/// <param name="folder">Receives a short-lived folder for each question. Absolute.</param>
/// <param name="caller">The environment of the build.</param>
/// <param name="outside">Decides which programs may be asked.</param>
sealed class ProgramQuestions(string folder, string? dotnetRoot, IReadOnlyDictionary<string, string> caller, TrustedPrograms outside)
{
    /// <summary>The environment of the build. A program that is asked gets only the fixed set of it.</summary>
    public IReadOnlyDictionary<string, string> Caller => caller;

    /// <summary>Which programs may be asked.</summary>
    public TrustedPrograms Outside => outside;

    /// <summary>Asks one program. A program that may not be asked gives no answer.</summary>
    /// <param name="name">The program's own name (<c>argv[0]</c>); null: the name of its file.</param>
    /// <param name="more">Variables beside the fixed set.</param>
    /// <param name="files">Files in the folder, by name: version files that a shim reads.</param>
    /// <param name="patience">Null: the usual one.</param>
    public async Task<ProgramAnswer> AskAsync(string file, ImmutableArray<string> words, string? name = null,
        IEnumerable<KeyValuePair<string, string>>? more = null, IEnumerable<KeyValuePair<string, string>>? files = null,
        TimeSpan? patience = null)
    {
        if (!outside.MayRun(file))
            return new(false, "", $"'{file}' was made by a builder, and is not run outside of the sandbox");
        var place = Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName())).FullName;
        try
        {
            foreach (var (at, text) in files ?? [])
                await File.WriteAllTextAsync(Path.Combine(place, at), text).ConfigureAwait(false);
            return await ProgramAnswer.GetAsync(place, file, name ?? Path.GetFileName(file), words,
                BuilderEnvironment.Make(place, dotnetRoot, outside.Environment, [], more ?? []), patience).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    /// <summary>The file with all links in its path followed, as far as they lead somewhere.</summary>
    public static string RealPath(string file) => new RealPaths(TargetOf).Of(file);

    static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // Not for this user.
        }
    }
}
