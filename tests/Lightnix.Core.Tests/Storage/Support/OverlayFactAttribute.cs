namespace Lightnix.Storage;

/// <summary>A test on an overlay file system, which says why where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OverlayFactAttribute : FactAttribute
{
    public OverlayFactAttribute() => Skip = Overlay.Missing;
}
