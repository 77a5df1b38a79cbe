using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Lightnix.Building;

/// <summary>The part of the view that is the same for every builder: the system, and nothing of its users.</summary>
/// <param name="folder">For the few files that are made up. Absolute.</param>
/// <param name="hidden">Folders of which nothing is seen, even where they lie within the system's: the project, the store, homes.</param>
sealed class SandboxSystem(string folder, ImmutableArray<string> hidden)
{
    /// <summary>The working folder inside: the same for every run and on every machine.</summary>
    public const string Stage = "/stage";

    /// <summary>The folder of the .NET program inside.</summary>
    public const string Program = "/program";

    const string User = "1000";

    static readonly ImmutableArray<string> Roots =
        ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store", "/run/current-system", "/sys"];

    /// <summary>What programs look for in <c>/etc</c>; the rest is of this machine and its users (keys, passwords, names).</summary>
    static readonly ImmutableArray<string> Settings =
    [
        "alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "protocols", "services", "mime.types", "dotnet", "crypto-policies",
        "ssl/certs", "ssl/cert.pem", "ssl/openssl.cnf", "pki/ca-trust", "pki/tls/certs", "pki/tls/cert.pem", "pki/tls/openssl.cnf", "pki/java", "ca-certificates", "ca-certificates.conf",
    ];

    static readonly ImmutableArray<string> OfNetworks = ["/etc/resolv.conf", "/etc/hosts"];

    static readonly ImmutableArray<string> SettingsOf = ["python", "perl", "java", "R", "fonts", "texmf", "ImageMagick", "magic", "OpenCL", "vulkan"];

    /// <summary>Who a builder is and whom it can ask for names, the same everywhere.</summary>
    static readonly ImmutableArray<(string Name, string Text)> MadeUp =
    [
        ("passwd", $"root:x:0:0::/:/bin/sh\nlightnix:x:{User}:{User}::{Stage}/.home:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n"),
        ("group", $"root:x:0:\nlightnix:x:{User}:\nnogroup:x:65534:\n"),
        ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\nservices: files\nprotocols: files\n"),
        ("hosts", "127.0.0.1 localhost\n::1 localhost\n"),
    ];

    /// <summary>Folders that no installation may bring in as a whole.</summary>
    public ImmutableArray<string> Hidden { get; } = hidden;

    readonly ConcurrentDictionary<(bool Network, bool Gpus), Lazy<SandboxView>> _known = [];

    /// <param name="network">Whether it may reach others.</param>
    /// <param name="gpus">Whether it sees the devices of graphics cards.</param>
    public SandboxView View(string workingFolder, bool network, bool gpus)
    {
        var view = new SandboxView(Known(network, gpus));
        view.Open(workingFolder, Stage);
        // Not even their owner may change the modes of inputs.
        if (Directory.Exists(Path.Combine(workingFolder, "in")))
            view.Show(Path.Combine(workingFolder, "in"), Stage + "/in");
        // One temporary folder under two names: on disk, counted and deleted with the working folder.
        view.Open(Path.Combine(workingFolder, BuilderEnvironment.Temporary), "/tmp");
        return view;
    }

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
        foreach (var path in Hidden.Where(h => view.Shows(h) && Directory.Exists(h)))
            view.Hide(path);
        ShowSettings(view, network);
        view.Add("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/dev/shm");
        if (gpus)
            foreach (var device in Gpus())
                view.Add("--dev-bind", device, device);
        view.Link("/var/tmp", "../tmp");
        return view;
    }

    void ShowSettings(SandboxView view, bool network)
    {
        var own = Directory.EnumerateFileSystemEntries("/etc").Where(e => SettingsOf.Any(s => Path.GetFileName(e).StartsWith(s, StringComparison.Ordinal))).Order(StringComparer.Ordinal);
        foreach (var path in Settings.Select(s => "/etc/" + s).Concat(own).Where(Path.Exists))
            view.Show(path);
        foreach (var (name, text) in MadeUp.Where(m => !(network && m.Name == "hosts")))
            view.Show(Made(name, text), "/etc/" + name);
        if (network)
            foreach (var path in OfNetworks.Where(Path.Exists))
                view.Show(path);
    }

    string Made(string name, string text)
    {
        var file = Path.Combine(folder, name);
        WrittenOnce.Write(file, text, executable: false);
        return file;
    }

    static IEnumerable<string> Gpus() =>
        Directory.EnumerateFileSystemEntries("/dev").Where(d => Path.GetFileName(d) is "dri" or "kfd" or "dxg" || Path.GetFileName(d).StartsWith("nvidia", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
