using System.Buffers.Binary;

namespace Lightnix.Building;

/// <summary>Writes a filter of system calls in classic BPF: conditions with their results.</summary>
sealed class FilterProgram
{
    // Instructions: load a word of the call, compare and jump, return.
    const ushort Load = 0x20, JumpIfEqual = 0x15, JumpIfNotLess = 0x35, JumpIfAnyBit = 0x45, Return = 0x06;

    // Offsets in the kernel's data of a call. The lower half of an argument comes first on all supported processors.
    const uint NumberOfCall = 0, AbiOfCall = 4, Arguments = 16;

    const uint Allowed = 0x7FFF_0000, Failed = 0x0005_0000;

    readonly List<(ushort Code, byte True, byte False, uint Value)> _lines = [];

    public void WhenAbi(uint abi, Action then) => When(AbiOfCall, JumpIfEqual, abi, then);

    public void WhenCall(uint number, Action then) => When(NumberOfCall, JumpIfEqual, number, then);

    public void WhenCallFrom(uint number, Action then) => When(NumberOfCall, JumpIfNotLess, number, then);

    /// <summary>The kernel reads flags and families as 32-bit numbers, so the lower half counts.</summary>
    public void WhenArgumentIs(uint index, uint value, Action then) => When(Arguments + (8 * index), JumpIfEqual, value, then);

    public void WhenArgumentHas(uint index, uint bit, Action then) => When(Arguments + (8 * index), JumpIfAnyBit, bit, then);

    public void Allow() => _lines.Add((Return, 0, 0, Allowed));

    /// <summary>The call does nothing and returns an error.</summary>
    public void Fail(int error) => _lines.Add((Return, 0, 0, Failed | (uint)error));

    void When(uint field, ushort test, uint value, Action then)
    {
        _lines.Add((Load, 0, 0, field));
        var at = _lines.Count;
        _lines.Add(default);
        then();
        _lines[at] = (test, 0, checked((byte)(_lines.Count - at - 1)), value);
    }

    /// <summary>Bytes for the kernel: an array of <c>struct sock_filter</c>.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        const int size = 8;
        var bytes = new byte[_lines.Count * size];
        for (var i = 0; i < _lines.Count; i++)
        {
            var line = bytes.AsSpan(i * size, size);
            BinaryPrimitives.WriteUInt16LittleEndian(line, _lines[i].Code);
            (line[2], line[3]) = (_lines[i].True, _lines[i].False);
            BinaryPrimitives.WriteUInt32LittleEndian(line[4..], _lines[i].Value);
        }
        return bytes;
    }
}
