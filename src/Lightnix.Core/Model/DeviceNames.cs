using System.Text.RegularExpressions;

namespace Lightnix.Model;

/// <summary>Names that mean a device on Windows, in every folder.</summary>
public static partial class DeviceNames
{
    // Devices keep their meaning whatever ending they have, and blanks before it.
    [GeneratedRegex(@"^(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]) *(\.|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Device { get; }

    public static bool Has(string name) => Device.IsMatch(name);
}
