using System.Collections.Concurrent;
using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Building;

/// <summary>The part of the view that is the same for every builder: the system, and nothing of its users.</summary>
/// <param name="folder">For the few files that are made up. Absolute.</param>
/// <param name="hidden">Folders of which nothing is seen, even where they lie within the system's: the project, the store, homes. Each as it was given, and with all links followed.</param>
sealed class SandboxSystem(string folder, ImmutableArray<string> hidden)
{
    /// <summary>The working folder inside: the same for every run and on every machine.</summary>
    public const string Stage = "/stage";

    /// <summary>The folder of the .NET program inside.</summary>
    public const string Program = "/program";

    /// <summary>The number of the user and of his group inside.</summary>
    public const string User = "1000";

    static readonly ImmutableArray<string> Roots =
        ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store", "/run/current-system"];

    /// <summary>How many processors and how much memory there are to be had: threads and heaps are sized by it. The rest of <c>/sys</c> is this machine's own business.</summary>
    static readonly ImmutableArray<string> Machine = ["/sys/devices/system", "/sys/fs/cgroup"];

    static readonly ImmutableArray<string> OfNetworks = ["/etc/resolv.conf", "/etc/hosts"];

    /// <summary>Folders that no installation may bring in as a whole.</summary>
    public ImmutableArray<string> Hidden { get; } = hidden;

    readonly ConcurrentDictionary<(bool Network, bool Gpus), Lazy<SandboxView>> _known = [];
    readonly Lazy<(string Folder, ImmutableArray<string> Paths, ImmutableArray<string> Mounted)> _settings = new(new SandboxSettings(folder).Prepare);

    public SandboxView View(BuildRequest request)
    {
        var workingFolder = request.WorkingFolder;
        var view = new SandboxView(Known(request.Network, request.Gpus));
        view.Open(workingFolder, Stage);
        // Not even their owner may change the modes of inputs.
        if (Directory.Exists(Path.Combine(workingFolder, WorkingFolder.Inputs)))
            view.Show(Path.Combine(workingFolder, WorkingFolder.Inputs), Stage + "/in");
        foreach (var (from, at) in request.Mounts)
            view.Add("--ro-bind", from, $"{Stage}/in/{at}");
        // One temporary folder under two names: on disk, counted and deleted with the working folder.
        view.Open(Path.Combine(workingFolder, WorkingFolder.Temporary), "/tmp");
        return view;
    }

    /// <summary>Whether a file is the system's rather than a user's, in a sandbox or not.</summary>
    public static bool IsOfSystem(string file) => Roots.Any(r => SandboxView.IsBelow(file, r));

    /// <summary>Whether every builder sees a file or folder.</summary>
    public bool Shows(string path) => Known(network: false, gpus: false).Shows(path);

    SandboxView Known(bool network, bool gpus) => _known.GetOrAdd((network, gpus), _ => new(() => Make(network, gpus))).Value;

    SandboxView Make(bool network, bool gpus)
    {
        var view = new SandboxView();
        // An ordinary user with the same number everywhere, root's power over devices and mounts left outside.
        view.Add("--unshare-user", "--uid", User, "--gid", User, "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--hostname", "localhost");
        if (!network)
            view.Add("--unshare-net");
        view.Add("--die-with-parent", "--new-session");
        foreach (var root in Roots)
            view.ShowSystem(root);
        foreach (var path in Hidden.Where(h => view.Shows(h) && Directory.Exists(h) && OutsideQuestions.RealPath(h) == h))
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
        Directory.EnumerateFileSystemEntries("/dev").Where(d => Path.GetFileName(d) is "dri" or "kfd" or "dxg" || Path.GetFileName(d).StartsWith("nvidia", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
