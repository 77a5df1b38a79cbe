namespace Lightnix.Building;

/// <summary>What a thread changes for itself before it starts a sandbox, which inherits it and does not separate it.</summary>
static class SandboxThread
{
    const string Devices = "/dev";

    /// <summary>Prepares the calling thread, which only starts the sandbox.</summary>
    public static void Enter()
    {
        // The keys of the user's session (Kerberos, fscrypt) stay outside.
        if (Libc.KeyControlNumber is { } number)
            _ = Libc.KeyControl(number, Libc.JoinSessionKeyring, 0);
        ProtectDevices();
    }

    /// <summary>Makes <c>/dev</c> read-only for this thread. Bubblewrap shows the machine's own nodes, which root could change; devices can
    /// still be written to. Bubblewrap's <c>--remount-ro</c> would make them unusable. Only root may do this, and only root needs
    /// it.</summary>
    static void ProtectDevices()
    {
        // MS_SLAVE: mounts made here do not reach the machine.
        if (Libc.Unshare(Libc.OwnMounts) == 0
            && Libc.Mount("none", "/", null, Libc.MountAll | Libc.MountSlave) == 0
            && Libc.Mount(Devices, Devices, null, Libc.MountBind | Libc.MountAll) == 0)
            _ = Libc.Mount("none", Devices, null, Libc.MountAgain | Libc.MountBind | Libc.MountReadOnly);
    }
}
