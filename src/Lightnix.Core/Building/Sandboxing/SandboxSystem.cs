using System.Collections.Concurrent;

namespace Lightnix.Building;

/// <summary>The part of the view that all builders share: the system without its users.</summary>
/// <param name="folder">Receives files that are made up. Absolute.</param>
/// <param name="hidden">Folders that stay hidden even within the system's: the project, the store, homes; as given, and with links
/// followed.</param>
sealed class SandboxSystem(string folder, ImmutableArray<string> hidden)
{
    /// <summary>The working folder inside, the same on every machine.</summary>
    public const string Stage = "/stage";

    /// <summary>The folder of the .NET program inside.</summary>
    public const string Program = "/program";

    /// <summary>Id of the user and of the group inside.</summary>
    public const string User = "1000";

    static readonly ImmutableArray<string> Roots =
        ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store", "/run/current-system"];

    /// <summary>Processors and memory, by which threads and heaps are sized. The rest of <c>/sys</c> is hidden.</summary>
    static readonly ImmutableArray<string> Machine = ["/sys/devices/system", "/sys/fs/cgroup"];

    static readonly ImmutableArray<string> OfNetworks = ["/etc/resolv.conf", "/etc/hosts"];

    /// <summary>Folders that no installation may show as a whole.</summary>
    public ImmutableArray<string> Hidden { get; } = hidden;

    readonly ConcurrentDictionary<(bool Network, bool Gpus), Lazy<SandboxView>> _known = [];
    readonly Lazy<(string Folder, ImmutableArray<string> Paths, ImmutableArray<string> Mounted)> _settings =
        new(new SandboxSettings(folder).Prepare);

    public SandboxView View(BuildRequest request)
    {
        var workingFolder = request.WorkingFolder;
        var view = new SandboxView(Known(request.Recipe.Network, request.Recipe.Gpus));
        // A person's shell keeps its terminal, where SystemCallFilter prevents input in the person's name.
        if (!request.IsOnTerminal)
            view.Add("--new-session");
        view.Open(workingFolder, Stage);
        // Read-only, so that the owner cannot change modes of inputs.
        if (Directory.Exists(Path.Combine(workingFolder, WorkingFolder.Inputs)))
            view.Show(Path.Combine(workingFolder, WorkingFolder.Inputs), Stage + "/in");
        foreach (var (from, at) in request.Mounts)
            view.Add("--ro-bind", from, $"{Stage}/in/{at}");
        // The temporary folder has two names. It is deleted with the working folder.
        view.Open(Path.Combine(workingFolder, WorkingFolder.Temporary), "/tmp");
        return view;
    }

    /// <summary>Whether a file belongs to the system.</summary>
    public static bool IsOfSystem(string file) => Roots.Any(r => SandboxView.IsBelow(file, r));

    /// <summary>Whether every builder sees a file or folder.</summary>
    public bool Shows(string path) => Known(network: false, gpus: false).Shows(path);

    SandboxView Known(bool network, bool gpus) => _known.GetOrAdd((network, gpus), _ => new(() => Make(network, gpus))).Value;

    SandboxView Make(bool network, bool gpus)
    {
        var view = new SandboxView();
        // An ordinary user with the same id everywhere, without root's power over devices and mounts.
        view.Add("--unshare-user", "--uid", User, "--gid", User, "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--hostname",
            "localhost");
        if (!network)
            view.Add("--unshare-net");
        view.Add("--die-with-parent");
        foreach (var root in Roots)
            view.ShowSystem(root);
        foreach (var path in Hidden.Where(h => view.Shows(h) && Directory.Exists(h) && ProgramQuestions.RealPath(h) == h))
            view.Hide(path);
        ShowSettings(view, network);
        foreach (var path in gpus ? ["/sys"] : Machine.Where(Path.Exists))
            view.Show(path);
        view.Add("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/dev/shm");
        if (gpus)
            foreach (var device in Gpus())
                view.Add("--dev-bind", device, device);
        view.Link("/var/tmp", "../tmp");
        return view;
    }

    void ShowSettings(SandboxView view, bool network)
    {
        view.Show(_settings.Value.Folder, "/etc", _settings.Value.Paths);
        foreach (var path in _settings.Value.Mounted)
            view.Show(path);
        if (network)
            foreach (var path in OfNetworks.Where(Path.Exists))
                view.Show(path);
    }

    static IEnumerable<string> Gpus() =>
        Directory.EnumerateFileSystemEntries("/dev")
            .Where(d => Path.GetFileName(d) is "dri" or "kfd" or "dxg"
            || Path.GetFileName(d).StartsWith("nvidia", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
