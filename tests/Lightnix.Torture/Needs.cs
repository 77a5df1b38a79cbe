namespace Lightnix.Torture;

/// <summary>What a trial needs of a machine.</summary>
public enum Needs
{
    /// <summary>Shells and signals.</summary>
    Linux,

    /// <summary>A loop-mounted ext4, so root and a loop device.</summary>
    Loop,

    /// <summary>To become two other users, so root.</summary>
    Users,
}
