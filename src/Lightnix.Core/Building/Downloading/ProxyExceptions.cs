using System.Net;

namespace Lightnix.Building;

/// <summary>The servers in <c>no_proxy</c>: names with all below them, addresses, networks as <c>10.0.0.0/8</c>, each with an optional
/// port; <c>*</c> is all.</summary>
sealed class ProxyExceptions(string list)
{
    readonly ImmutableArray<string> _entries =
        [.. list.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    public bool Include(Uri url) => _entries.Any(entry => Includes(entry, url));

    static bool Includes(string entry, Uri url)
    {
        var host = url.IdnHost.Trim('[', ']').TrimEnd('.');
        if (entry == "*")
            return true;
        var isAddress = IPAddress.TryParse(host, out var address);
        if (IPNetwork.TryParse(entry, out var network))
            return isAddress && network.Contains(address!);
        var (name, port) = SplitPort(entry);
        if (port is not null && port != url.Port)
            return false;
        if (IPAddress.TryParse(name.Trim('[', ']'), out var listed))
            return isAddress && listed.Equals(address);
        var suffix = name.TrimStart('*').Trim('.');
        return suffix.Length > 0
            && (host.Equals(suffix, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + suffix, StringComparison.OrdinalIgnoreCase));
    }

    // An IPv6 address has colons, and brackets where a port follows.
    static (string Name, int? Port) SplitPort(string entry)
    {
        var colon = entry.LastIndexOf(':');
        return colon > 0 && (entry.IndexOf(':', StringComparison.Ordinal) == colon || entry[colon - 1] == ']')
            && int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? (entry[..colon], port)
            : (entry, null);
    }
}
