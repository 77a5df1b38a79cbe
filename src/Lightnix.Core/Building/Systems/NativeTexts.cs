using System.Runtime.InteropServices;

namespace Lightnix.Building;

/// <summary>Strings for the C library, freed together.</summary>
sealed unsafe class NativeTexts : IDisposable
{
    readonly List<nint> _memory = [];

    public byte* Of(string text)
    {
        var copy = Marshal.StringToCoTaskMemUTF8(text);
        _memory.Add(copy);
        return (byte*)copy;
    }

    /// <summary>A list that ends with a null pointer.</summary>
    public byte** Of(IReadOnlyCollection<string> texts)
    {
        var list = (byte**)Marshal.AllocCoTaskMem((texts.Count + 1) * sizeof(byte*));
        _memory.Add((nint)list);
        var i = 0;
        foreach (var text in texts)
            list[i++] = Of(text);
        list[i] = null;
        return list;
    }

    public void Dispose() => _memory.ForEach(Marshal.FreeCoTaskMem);
}
