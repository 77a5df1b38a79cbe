namespace Lightnix.Building;

/// <summary>The folder into which an archive is unpacked. No entry is written outside of it. Links are made after all files, so no file is
/// written through a link, and each must lead to a place inside.</summary>
sealed class ArchiveFolder(string folder, CancellationToken cancellationToken)
{
    const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    const UnixFileMode Executable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    readonly SortedDictionary<RelativePath, string> _links = [];

    public void AddFolder(string name) => Write(Parse(name), path =>
    {
        _links.Remove(path);
        if (File.Exists(Place(path)))
            File.Delete(Place(path));
        Directory.CreateDirectory(Place(path));
    });

    public void AddFile(string name, Stream content, bool executable)
    {
        using var file = Create(Inside(name), executable);
        Copy(content, file);
    }

    public void AddLink(string name, string target)
    {
        if (target.Contains('\0', StringComparison.Ordinal))
            throw new InvalidDataException($"its link '{name}' leads to a name that holds NUL");
        Write(Inside(name), path =>
        {
            Free(path);
            _links[path] = target;
        });
    }

    /// <summary>A hard link of a tar is a file of its own, because the store shares equal files.</summary>
    public void AddCopy(string name, string of)
    {
        var original = Inside(of);
        if (_links.TryGetValue(original, out var target))
        {
            AddLink(name, target);
            return;
        }
        if (!File.Exists(Place(original)))
            throw new InvalidDataException($"its entry '{name}' is a link to '{of}', which does not come before it");
        var path = Inside(name);
        if (path == original)
            return;
        using var from = File.OpenRead(Place(original));
        using var file =
            Create(path, SystemTraits.IsUserExecutable(Place(original)));
        Copy(from, file);
    }

    /// <summary>Makes the links.</summary>
    /// <exception cref="InvalidDataException">A link leads out of the folder.</exception>
    public void Finish()
    {
        foreach (var (path, target) in _links)
        {
            if (target.Length == 0 || LinkFollower.Follow(path, Target).Escapes)
                throw new InvalidDataException($"its link '{path}' leads out of the folder, to '{target}'");
            Write(path, p => File.CreateSymbolicLink(Place(p), target));
        }
    }

    string? Target(RelativePath path) => !_links.TryGetValue(path, out var target) ? null
        : target.StartsWith('\\') || (SystemTraits.HasDrives && target.AsSpan().ContainsAny(':', '\\')) ? "/" : target;

    // A small archive may hold terabytes. Its hash is declared by the author, and the time limit ends it.
    void Copy(Stream content, FileStream file)
    {
        var buffer = new byte[128 * 1024];
        var length = 0L;
        for (int count; (count = content.Read(buffer)) > 0; length += count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Zeros stay a hole.
            if (!buffer.AsSpan(0, count).ContainsAnyExcept((byte)0))
                continue;
            file.Position = length;
            file.Write(buffer, 0, count);
        }
        file.SetLength(length);
    }

    FileStream Create(RelativePath path, bool executable)
    {
        var options = SystemTraits.NewFile(executable ? Executable : Plain);
        FileStream? file = null;
        Write(path, p =>
        {
            Free(p);
            file = new FileStream(Place(p), options);
        });
        return file!;
    }

    /// <summary>Makes the folder above an entry, and removes an earlier entry of that name: in a tar, the last one counts. Of folders, only
    /// empty ones are removed.</summary>
    void Free(RelativePath path)
    {
        var place = Place(path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        _links.Remove(path);
        if (File.Exists(place))
            File.Delete(place);
        if (!Directory.Exists(place))
            return;
        if (Directory.EnumerateFileSystemEntries(place).Any() || _links.Keys.Any(path.Contains))
            throw new InvalidDataException($"its entry '{path}' is no folder, and another entry is below it");
        Directory.Delete(place);
    }

    /// <summary>Writes an entry. Errors name the entry, not its place on this machine.</summary>
    void Write(RelativePath path, Action<RelativePath> write)
    {
        // Through a link, the file would be written elsewhere.
        if (Above(path).Any(_links.ContainsKey))
            throw new InvalidDataException($"its entry '{path}' is below a link");
        try
        {
            write(path);
        }
        catch (PathTooLongException)
        {
            throw new InvalidDataException($"its entry '{path}' has a name that is too long for this file system");
        }
        catch (IOException) when (Above(path).Append(path).FirstOrDefault(p => File.Exists(Place(p))) is { } file)
        {
            throw new InvalidDataException($"its entry '{path}' needs '{file}' to be a folder, and that is a file");
        }
    }

    static IEnumerable<RelativePath> Above(RelativePath path)
    {
        for (var folder = path.Parent; !folder.IsRoot; folder = folder.Parent)
            yield return folder;
    }

    string Place(RelativePath path) => Path.Combine(folder, path.ToString());

    static RelativePath Inside(string name) =>
        Parse(name) is { IsRoot: false } path ? path : throw new InvalidDataException($"its entry '{name}' is the folder itself");

    static RelativePath Parse(string name)
    {
        // On Windows, ':' would name a drive or a stream.
        var strange = SystemTraits.HasDrives && name.AsSpan().ContainsAny(':', '\\');
        var segments = name.Split('/').Where(s => s.Length > 0 && s != ".").ToArray();
        return name.StartsWith('/') || strange || name.Contains('\0', StringComparison.Ordinal)
            || segments.Contains("..", StringComparer.Ordinal)
            ? throw new InvalidDataException($"its entry '{name}' is not a path inside the folder")
            : RelativePath.OfSegments(segments);
    }
}
