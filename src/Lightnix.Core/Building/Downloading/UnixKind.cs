namespace Lightnix.Building;

/// <summary>Bits of Unix modes in archives.</summary>
static class UnixKind
{
    public const int Mask = 0xF000;
    public const int File = 0x8000;
    public const int Link = 0xA000;

    /// <summary>For owner, group or others.</summary>
    public const int AnyExecute = 0b001_001_001;
}
