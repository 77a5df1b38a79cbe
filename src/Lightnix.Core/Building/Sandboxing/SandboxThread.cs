namespace Lightnix.Building;

/// <summary>
/// What a thread changes for itself alone before it starts a sandbox, which inherits it: what namespaces of bubblewrap do not separate.
/// </summary>
static class SandboxThread
{
    const string Devices = "/dev";

    /// <summary>Makes the calling thread ready. It starts the sandbox and does nothing else.</summary>
    public static void Enter()
    {
        // Keys that the user's session holds (Kerberos, fscrypt) are its own.
        if (Libc.KeyControlNumber is { } number)
            _ = Libc.KeyControl(number, Libc.JoinSessionKeyring, 0);
        ProtectDevices();
    }

    /// <summary>
    /// Bubblewrap shows nodes of the machine's own <c>/dev</c>, and root owns them whatever its number inside. Mounts that it makes of a
    /// read-only one
    /// are read-only too: then modes, owners and times of nodes stay, and devices can be written to all the same. Bubblewrap itself cannot
    /// do it,
    /// because its <c>--remount-ro</c> makes a device unusable. Only root may, and only root needs it.
    /// </summary>
    static void ProtectDevices()
    {
        // Slave: what is mounted here is not mounted for the machine, and what it unmounts is unmounted here.
        if (Libc.Unshare(Libc.OwnMounts) == 0
            && Libc.Mount("none", "/", null, Libc.MountAll | Libc.MountSlave) == 0
            && Libc.Mount(Devices, Devices, null, Libc.MountBind | Libc.MountAll) == 0)
            _ = Libc.Mount("none", Devices, null, Libc.MountAgain | Libc.MountBind | Libc.MountReadOnly);
    }
}
