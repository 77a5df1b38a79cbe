namespace Lightnix.Archives;

/// <summary>A file, folder or link in a tar archive.</summary>
abstract record TarMember(string Name)
{
    /// <param name="Content">To be read before the next member is asked for.</param>
    public sealed record File(string Name, Stream Content, bool IsExecutable) : TarMember(Name);

    public sealed record Folder(string Name) : TarMember(Name);
    public sealed record Link(string Name, string Target) : TarMember(Name);

    /// <param name="Of">An earlier member.</param>
    public sealed record HardLink(string Name, string Of) : TarMember(Name);
}
