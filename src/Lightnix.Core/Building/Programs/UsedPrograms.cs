namespace Lightnix.Building;

/// <summary>Finds the programs that a builder without a sandbox runs: its own and its tools.</summary>
sealed class UsedPrograms(ToolFinder tools, Installations installations)
{
    /// <returns>Absolute paths, links and shims followed, by the name by which the program is called.</returns>
    public async Task<ImmutableSortedDictionary<string, string>> OfAsync(ProcessCommand command, BuildRequest request)
    {
        var files = request.Recipe.Tools.Select(t => (Name: t, File: tools.Find(t, command.Environment)));
        if (!SandboxView.IsBelow(command.File, request.WorkingFolder))
            files = files.Append((command.Name, command.File));
        var programs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, file) in files)
        {
            if (file is not null)
                programs[name] = await RealAsync(file, command, request).ConfigureAwait(false);
        }
        return programs.ToImmutable();
    }

    async Task<string> RealAsync(string file, ProcessCommand command, BuildRequest request) => SystemTraits.HasInterpreterLines
        ? (await installations.OfAsync(file, request.WorkingFolder, command.Environment).ConfigureAwait(false)).Real
        : ToolFinder.RealFile(file);
}
