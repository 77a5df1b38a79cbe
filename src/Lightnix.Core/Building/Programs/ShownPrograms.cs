using System.Security.Cryptography;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>The programs that one run sees, by the names by which they were found. Folders are shown first, so that no installation covers
/// the replacement of a shim.</summary>
/// <param name="shims">Receives replacements of shims. Absolute.</param>
sealed class ShownPrograms(ToolFinder tools, Installations installations, SandboxSystem system, string shims)
{
    readonly Dictionary<string, Installation> _found = new(StringComparer.Ordinal);
    readonly ImmutableSortedDictionary<string,
        string>.Builder _real = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);

    /// <summary>The files that run, absolute, by the name by which they are called.</summary>
    public ImmutableSortedDictionary<string, string> Real => _real.ToImmutable();

    /// <summary>Adds a program with the programs that start it.</summary>
    public async Task<Installation> AddAsync(string name, string found, ProcessCommand command, BuildRequest request)
    {
        var installation = await FindAsync(found, command, request).ConfigureAwait(false);
        _real[name] = installation.Real;
        return installation;
    }

    async Task<Installation> FindAsync(string found, ProcessCommand command, BuildRequest request)
    {
        if (_found.TryGetValue(found, out var known))
            return known;
        var installation = await installations.OfAsync(found, request.WorkingFolder, command.Environment).ConfigureAwait(false);
        _found.Add(found, installation);
        foreach (var name in installation.Needs)
        {
            if (tools.Find(name, command.Environment) is { } needed)
                await FindAsync(needed, command, request).ConfigureAwait(false);
        }
        return installation;
    }

    public void Show(SandboxView view)
    {
        foreach (var part in _found.Values.SelectMany(i => i.Parts).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!view.Shows(part))
                view.Show(part);
        }
        foreach (var (found, installation) in _found.Where(f => !system.Shows(f.Key)))
        {
            if (installation.Lost is { } lost)
                view.Show(Stub($"printf '%s\\n' {PosixText.Quoted("lightnix: " + lost)} >&2\nexit 127\n"), found);
            else if (installation.Shimmed)
                view.Show(Stub($"exec {PosixText.Quoted(installation.File)} \"$@\"\n"), found);
            else if (!view.Shows(found))
                view.Link(found, ProgramQuestions.RealPath(found));
        }
    }

    /// <summary>A replacement of a shim, which starts the program or reports why there is none, without the version manager.</summary>
    string Stub(string command)
    {
        var text = "#!/bin/sh\n" + command;
        var file = Path.Combine(shims, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        SharedFile.Write(file, text, executable: true);
        return file;
    }
}
