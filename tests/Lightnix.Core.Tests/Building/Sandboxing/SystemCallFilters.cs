using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Lightnix.Building;

/// <summary>What the filter decides on processors of every kind, as the kernel would read it.</summary>
public sealed class SystemCallFilters
{
    const uint Intel = 0xC000_003E, Intel32 = 0x4000_0003, Arm = 0xC000_00B7, Arm32 = 0x4000_0028;
    const uint Allowed = 0x7FFF_0000;

    [Theory]
    [InlineData(Intel, 56u, 0x1000_0011u, 0u, 1u)]
    [InlineData(Intel, 56u, 0x0001_0011u, 0u, 0u)]
    [InlineData(Intel, 272u, 0x1000_0000u, 0u, 1u)]
    [InlineData(Intel, 272u, 0x5000_0000u, 0u, 1u)]
    [InlineData(Intel, 435u, 0u, 0u, 38u)]
    [InlineData(Intel, 41u, 2u, 0u, 0u)]
    [InlineData(Intel, 41u, 40u, 0u, 97u)]
    [InlineData(Intel, 53u, 40u, 0u, 97u)]
    [InlineData(Intel, 41u, 16u, 0u, 0u)]
    [InlineData(Intel, 41u, 16u, 15u, 97u)]
    [InlineData(Intel, 425u, 0u, 0u, 38u)]
    [InlineData(Intel, 0x4000_0000u + 272, 0x1000_0000u, 0u, 38u)]
    [InlineData(Intel, 0u, 0u, 0u, 0u)]
    [InlineData(Intel32, 120u, 0x1000_0011u, 0u, 1u)]
    [InlineData(Intel32, 310u, 0x1000_0000u, 0u, 1u)]
    [InlineData(Intel32, 359u, 40u, 0u, 97u)]
    [InlineData(Intel32, 360u, 40u, 0u, 97u)]
    [InlineData(Intel32, 102u, 1u, 0u, 97u)]
    [InlineData(Intel32, 102u, 8u, 0u, 97u)]
    [InlineData(Intel32, 102u, 3u, 0u, 0u)]
    [InlineData(Intel32, 435u, 0u, 0u, 38u)]
    [InlineData(Intel32, 56u, 0x1000_0011u, 0u, 0u)]
    [InlineData(Arm, 220u, 0x1000_0011u, 0u, 1u)]
    [InlineData(Arm, 97u, 0x1000_0000u, 0u, 1u)]
    [InlineData(Arm, 198u, 40u, 0u, 97u)]
    [InlineData(Arm, 199u, 40u, 0u, 97u)]
    [InlineData(Arm, 198u, 1u, 0u, 0u)]
    [InlineData(Arm32, 120u, 0x1000_0011u, 0u, 1u)]
    [InlineData(Arm32, 337u, 0x1000_0000u, 0u, 1u)]
    [InlineData(Arm32, 281u, 40u, 0u, 97u)]
    [InlineData(0xC000_0015u, 0u, 0u, 0u, 38u)]
    public void Refuse_what_has_no_namespace(uint abi, uint call, uint first, uint third, uint error) =>
        Assert.Equal(Answer(error), Decide(ProcessorOf(abi), network: false, abi, call, first, third));

    [Theory]
    [InlineData(Intel, 248u, 250u)]
    [InlineData(Intel32, 286u, 288u)]
    [InlineData(Arm, 217u, 219u)]
    [InlineData(Arm32, 309u, 311u)]
    public void Refuse_keys(uint abi, uint first, uint last)
    {
        foreach (var network in new[] { false, true })
            for (var call = first; call <= last; call++)
                Assert.Equal(0x0005_0000u | 38, Decide(ProcessorOf(abi), network, abi, call, 0, 0));
    }

    [Theory]
    [InlineData(Intel, 101u, 310u, 311u)]
    [InlineData(Intel32, 26u, 347u, 348u)]
    [InlineData(Arm, 117u, 270u, 271u)]
    [InlineData(Arm32, 26u, 376u, 377u)]
    public void Keep_the_processes_of_the_sandbox_itself(uint abi, uint trace, uint read, uint write)
    {
        const uint attach = 16, takeDescriptor = 438;
        foreach (var (process, error) in new[] { (1u, 1u), (2u, 1u), (3u, 0u) })
        {
            Assert.Equal(Answer(error), Decide(ProcessorOf(abi), network: true, abi, trace, attach, 0, second: process));
            Assert.Equal(Answer(error), Decide(ProcessorOf(abi), network: true, abi, read, process, 0));
            Assert.Equal(Answer(error), Decide(ProcessorOf(abi), network: true, abi, write, process, 0));
        }
        Assert.Equal(Allowed, Decide(ProcessorOf(abi), network: true, abi, trace, 0, 0, second: 1));
        Assert.Equal(Answer(1), Decide(ProcessorOf(abi), network: true, abi, takeDescriptor, 9, 0));
    }

    [Theory]
    [InlineData(Intel, 72u)]
    [InlineData(Intel32, 221u)]
    [InlineData(Intel32, 55u)]
    [InlineData(Arm, 25u)]
    [InlineData(Arm32, 221u)]
    public void Refuse_leases_of_files(uint abi, uint control)
    {
        const uint setLease = 1024, setLock = 6;
        Assert.Equal(Answer(1), Decide(ProcessorOf(abi), network: true, abi, control, 0, 0, second: setLease));
        Assert.Equal(Allowed, Decide(ProcessorOf(abi), network: true, abi, control, 0, 0, second: setLock));
    }

    static uint Answer(uint error) => error == 0 ? Allowed : 0x0005_0000 | error;

    static Architecture ProcessorOf(uint abi) => abi is Arm or Arm32 ? Architecture.Arm64 : Architecture.X64;

    [Theory]
    [InlineData(41u, 40u, 0u)]
    [InlineData(425u, 0u, 0u)]
    [InlineData(272u, 0x1000_0000u, 1u)]
    public void Let_sockets_through_with_a_network(uint call, uint first, uint error) =>
        Assert.Equal(Answer(error), Decide(Architecture.X64, network: true, Intel, call, first, 0));

    [Fact]
    public void Are_not_there_for_processors_whose_numbers_are_not_known() =>
        Assert.Null(SystemCallFilter.For(Architecture.S390x, network: false));

    /// <summary>Runs the filter for a call as the kernel does.</summary>
    static uint Decide(Architecture processor, bool network, uint abi, uint call, uint first, uint third, uint second = 0)
    {
        var program = SystemCallFilter.For(processor, network)!.Value.Span;
        uint loaded = 0;
        for (var at = 0; ;)
        {
            var line = program.Slice(at++ * 8, 8);
            var value = BinaryPrimitives.ReadUInt32LittleEndian(line[4..]);
            switch (BinaryPrimitives.ReadUInt16LittleEndian(line))
            {
                case 0x20:
                    loaded = value switch
                    {
                        0 => call,
                        4 => abi,
                        16 => first,
                        24 => second,
                        32 => third,
                        _ =>
                        throw new InvalidOperationException($"loads {value}")
                    };
                    break;
                case 0x15:
                    at += loaded == value ? line[2] : line[3];
                    break;
                case 0x35:
                    at += loaded >= value ? line[2] : line[3];
                    break;
                case 0x45:
                    at += (loaded & value) != 0 ? line[2] : line[3];
                    break;
                case 0x06:
                    return value;
                default:
                    throw new InvalidOperationException($"line {at} is unknown");
            }
        }
    }
}
