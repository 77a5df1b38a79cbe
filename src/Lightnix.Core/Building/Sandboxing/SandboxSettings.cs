using System.IO.Enumeration;
using System.Security.Cryptography;

namespace Lightnix.Building;

/// <summary>The <c>/etc</c> of every builder: a folder that is prepared once, with copies of files that programs need. It needs one mount,
/// and one for each large folder, where two dozen would cost each run several milliseconds.</summary>
/// <param name="folder">Receives the prepared folders, each named by a digest of its contents. Absolute.</param>
sealed class SandboxSettings(string folder)
{
    /// <summary>Files that programs need. Others hold keys, passwords and names.</summary>
    static readonly ImmutableArray<string> Names =
    [
        "alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "protocols", "services", "mime.types", "dotnet", "crypto-policies",
            "profiles", "static",
        "ssl/certs", "ssl/cert.pem", "ssl/openssl.cnf", "pki/ca-trust", "pki/tls/certs", "pki/tls/cert.pem", "pki/tls/openssl.cnf",
            "pki/java", "ca-certificates", "ca-certificates.conf",
    ];

    /// <summary>Folders of hundreds of files, which are mounted.</summary>
    static readonly ImmutableArray<string> Large = ["alternatives", "ssl/certs", "pki/ca-trust"];

    static readonly ImmutableArray<string> Beginnings =
        ["python", "perl", "java", "R", "fonts", "texmf", "ImageMagick", "magic", "OpenCL", "vulkan"];

    /// <summary>Users, groups and name services, the same everywhere. With a network, the last file is the machine's.</summary>
    static readonly ImmutableArray<(string Name, string Text)> MadeUp =
    [
        ("passwd", $"root:x:0:0::/:/bin/sh\nlightnix:x:{SandboxSystem.User}:{SandboxSystem.User}::{SandboxSystem.Stage}/.home:/bin/sh\n"
            + "nobody:x:65534:65534::/:/bin/sh\n"),
        ("group", $"root:x:0:\nlightnix:x:{SandboxSystem.User}:\nnogroup:x:65534:\n"),
        ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\nservices: files\nprotocols: files\n"),
        ("hosts", "127.0.0.1 localhost\n::1 localhost\n"),
        ("resolv.conf", ""),
    ];

    /// <summary>Time in which another build may still use a folder.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Prepares the folder unless another process did.</summary>
    /// <returns>The folder, its paths inside (<c>/etc/hosts</c>), and the paths that are mounted there.</returns>
    public (string Folder, ImmutableArray<string> Paths, ImmutableArray<string> Mounted) Prepare()
    {
        var names = ImmutableArray.CreateRange(Names.Concat(Directory.EnumerateFileSystemEntries("/etc").Select(e => Path.GetFileName(e)!)
            .Where(n => Beginnings.Any(b => n.StartsWith(b, StringComparison.Ordinal))).Order(StringComparer.Ordinal))
                .Where(n => Path.Exists("/etc/" + n)));
        var ready = Path.Combine(folder, Key(names));
        if (!Directory.Exists(ready))
        {
            Make(ready, names);
            foreach (var old in Directory.EnumerateDirectories(folder)
                .Where(d => Directory.GetLastWriteTimeUtc(d) < DateTime.UtcNow - Kept))
                Directory.Delete(old, recursive: true);
        }
        return (ready, [.. names.Concat(MadeUp.Select(m => m.Name)).Select(n => "/etc/" + n)],
            [.. names.Where(IsMounted).Select(n => "/etc/" + n)]);
    }

    static bool IsMounted(string name) =>
        Large.Contains(name) && Directory.Exists("/etc/" + name) && new FileInfo("/etc/" + name).LinkTarget is null;

    /// <summary>A digest of the names, sizes and times of all files.</summary>
    static string Key(ImmutableArray<string> names)
    {
        var text = new StringBuilder();
        foreach (var (name, made) in MadeUp)
            text.Append(CultureInfo.InvariantCulture, $"{name}\0{made}\0");
        foreach (var name in names)
        {
            if (IsMounted(name))
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}\0mounted\0");
                continue;
            }
            var info = new FileInfo("/etc/" + name);
            text.Append(CultureInfo.InvariantCulture,
                $"{name}\0{info.LinkTarget}\0{(info.Exists ? info.Length : 0)}\0{info.LastWriteTimeUtc.Ticks}\0");
            if (info.LinkTarget is null && Directory.Exists(info.FullName))
            {
                // Folders that cannot be read are not copied.
                var all = new FileSystemEnumerable<(string Path, long Length, long Time)>(info.FullName,
                    (ref FileSystemEntry e) => (e.ToFullPath(), e.IsDirectory ? 0 : e.Length, e.LastWriteTimeUtc.UtcTicks), Everything)
                {
                    ShouldRecursePredicate = (ref FileSystemEntry e) => !e.Attributes.HasFlag(FileAttributes.ReparsePoint),
                };
                foreach (var (path, length, time) in all.OrderBy(e => e.Path, StringComparer.Ordinal))
                    text.Append(CultureInfo.InvariantCulture, $"{path}\0{length}\0{time}\0");
            }
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 };

    static void Make(string ready, ImmutableArray<string> names)
    {
        var draft = $"{ready}.{Path.GetRandomFileName()}";
        Directory.CreateDirectory(draft);
        foreach (var name in names)
        {
            if (IsMounted(name))
                Directory.CreateDirectory(Path.Combine(draft, name));
            else
                Copy("/etc/" + name, Path.Combine(draft, name));
        }
        foreach (var (name, text) in MadeUp)
            File.WriteAllText(Path.Combine(draft, name), text);
        try
        {
            Directory.Move(draft, ready);
        }
        catch (IOException) when (Directory.Exists(ready))
        {
            Directory.Delete(draft, recursive: true);
        }
    }

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        try
        {
            if (new FileInfo(from).LinkTarget is { } target)
            {
                File.CreateSymbolicLink(to, target);
            }
            else if (Directory.Exists(from))
            {
                Directory.CreateDirectory(to);
                foreach (var entry in Directory.EnumerateFileSystemEntries(from))
                    Copy(entry, Path.Combine(to, Path.GetFileName(entry)));
            }
            else if (File.Exists(from))
            {
                File.Copy(from, to);
            }
        }
        catch (UnauthorizedAccessException)
        {
            // This user cannot read it, so his builders do not.
        }
    }
}
