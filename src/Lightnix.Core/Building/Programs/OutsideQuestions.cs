using System.Collections.Immutable;

namespace Lightnix.Building;

/// <summary>
/// Asks programs of this machine outside of the sandbox. What a stage or another builder wrote has no say in the answer: the folder is
/// empty,
/// the environment is made from that of the build alone, and no program is run that may be the work of a builder.
/// </summary>
/// <param name="folder">For the short-lived folders in which programs are asked. Absolute.</param>
/// <param name="caller">The environment of the build.</param>
/// <param name="outside">Says who may be asked.</param>
sealed class OutsideQuestions(string folder, string? dotnetRoot, IReadOnlyDictionary<string, string> caller, OutsidePrograms outside)
{
    /// <summary>The environment of the build. Nothing of it but the fixed set reaches a program that is asked.</summary>
    public IReadOnlyDictionary<string, string> Caller => caller;

    /// <summary>Which programs may be asked.</summary>
    public OutsidePrograms Outside => outside;

    /// <summary>Asks one program. One that may not be asked is silent.</summary>
    /// <param name="name">What the program is told that it is called; null: its file's name.</param>
    /// <param name="more">Variables beside the fixed set.</param>
    /// <param name="files">Files beside it, by name: version files that a shim reads.</param>
    public async Task<ProgramAnswer> AskAsync(string file, ImmutableArray<string> words, string? name = null,
        IEnumerable<KeyValuePair<string, string>>? more = null, IEnumerable<KeyValuePair<string, string>>? files = null)
    {
        if (!outside.MayRun(file))
            return new(false, "", $"'{file}' was made by a builder, and is not run outside of the sandbox");
        var place = Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName())).FullName;
        try
        {
            foreach (var (at, text) in files ?? [])
                await File.WriteAllTextAsync(Path.Combine(place, at), text).ConfigureAwait(false);
            return await ProgramAnswer.GetAsync(place, file, name ?? Path.GetFileName(file), words,
                BuilderEnvironment.Make(place, dotnetRoot, outside.Environment, [], more ?? [])).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    /// <summary>Links in the file's name and in the folders above it are followed, as far as they lead somewhere.</summary>
    public static string RealPath(string file)
    {
        if (Path.GetDirectoryName(file) is not { } above)
            return file;
        var path = Path.Combine(RealPath(above), Path.GetFileName(file));
        return TargetOf(path) is { } target ? Path.Combine(RealPath(Path.GetDirectoryName(target)!), Path.GetFileName(target)) : path;
    }

    static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)?.FullName : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It leads round in a circle, or not for this user.
        }
    }
}
