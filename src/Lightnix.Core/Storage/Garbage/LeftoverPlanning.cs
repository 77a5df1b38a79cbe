namespace Lightnix.Storage;

/// <summary>Decides what else is garbage: what can be made again, kept working folders, and what repairs moved out.</summary>
/// <param name="isForgotten">True when no root and no pin is left.</param>
sealed class LeftoverPlanning(StoreLayout layout, GarbagePolicy policy, DateTimeOffset now, bool isForgotten)
{
    public IEnumerable<Garbage> Plan() =>
        Scripts().Concat(Rest()).Concat(Workspaces()).Concat(Checkpoints()).Concat(Unfinished()).Concat(Lost());

    TimeSpan AgeOf => isForgotten ? policy.Age : policy.LeftoverAge;

    // A build notes the script that it needs before it looks for it, and touches a file of each used script once an hour.
    IEnumerable<Garbage> Scripts() =>
        from name in Files.Names(layout.Scripts).Order(StringComparer.Ordinal)
        where Digest.TryParse(name, out _)
        let folder = Path.Combine(layout.Scripts, name)
        let use = Files.Names(folder).Select(n => Path.Combine(folder, n)).Append(folder).Max(path => FileFacts.TimeOf(Files.Facts(path)))
        where use < now - AgeOf
        select New(GarbageKind.Cache, folder, use, "a compiled script that was not used for long") with { Guards = [Digest.Parse(name)] };

    // What is small, and has no time of use.
    IEnumerable<Garbage> Rest() =>
        from top in isForgotten ? new[] { layout.BuilderCache, layout.Scripts } : []
        from name in Files.Names(top).Order(StringComparer.Ordinal)
        let path = Path.Combine(top, name)
        where path != layout.Scripts && !Digest.TryParse(name, out _) && FileFacts.TimeOf(Files.Facts(path)) < now - AgeOf
        select New(GarbageKind.Cache, path, null, "no root is left");

    IEnumerable<Garbage> Workspaces() =>
        from name in Files.Names(layout.Work).Order(StringComparer.Ordinal)
        let folder = Path.Combine(layout.Work, name)
        let marker = Path.Combine(folder, SessionNames.KeptMarker)
        // Working folders of other users cannot be seen; their owners collect them.
        where File.Exists(marker)
        let use = FileFacts.TimeOf(Files.Facts(marker))
        where use < now - AgeOf
        select New(GarbageKind.Workspace, folder, use, "kept for people to look at");

    // Whether or not a root is left: the first build of a project may have been interrupted.
    IEnumerable<Garbage> Checkpoints() =>
        from name in Files.Names(layout.Checkpoints).Order(StringComparer.Ordinal)
        let files = new CheckpointFiles(Path.Combine(layout.Checkpoints, name))
        where files.IsOurs
        let use = FileFacts.TimeOf(Files.Facts(files.State) ?? Files.Facts(files.Folder))
        where use < now - policy.LeftoverAge
        let state = files.Read()
        select New(GarbageKind.Checkpoint, files.Folder, use,
            state is null ? "a checkpoint without a state" : "a checkpoint that was not used for long") with
        {
            Name = state is null ? null : new(state.Project, state.Stage, [state.Replicate], null),
        };

    /// <summary>What dead sessions left. The next session sweeps it; what cannot be deleted is reported here.</summary>
    public IEnumerable<Garbage> Unfinished() =>
        from path in SessionSweep.Unfinished(layout)
        select New(GarbageKind.Leftover, path, null, "left by a process that died, or could not be deleted");

    IEnumerable<Garbage> Lost() =>
        from name in Files.Names(layout.Lost).Order(StringComparer.Ordinal)
        let path = Path.Combine(layout.Lost, name)
        let facts = Files.Facts(path)
        // An empty file is a mark that something is missing for good. It counts as long as something could name that.
        where facts is { Kind: FileKind.File, Size: 0 } ? isForgotten && FileFacts.TimeOf(facts) < now - policy.Age : policy.Lost
        select New(GarbageKind.Lost, path, FileFacts.TimeOf(facts), "taken out by a repair");

    Garbage New(GarbageKind kind, string path, DateTimeOffset? use, string why) =>
        new(kind, layout.Relative(path), SizeOf(path), use, why) { Path = path };

    /// <summary>Bytes that only this has: a file with more names is in files/ or in a tree, and is counted there.</summary>
    public static long SizeOf(string path)
    {
        try
        {
            return Files.Facts(path) is { Kind: FileKind.Folder }
                ? Files.Names(path).Sum(n => SizeOf(Path.Combine(path, n)))
                : Files.Facts(path) is { Links: 1, Size: var size } ? size : 0;
        }
        catch (IOException)
        {
            // A working folder may be too deep, or unreadable.
            return 0;
        }
    }
}
