namespace Lightnix.Storage;

/// <summary>The catalogue of what goes wrong with stores and disks, with codes and cures.</summary>
public static class StorageErrors
{
    const string AnotherStore = "set LightnixStore or LIGHTNIX_STORE to a folder";

    /// <summary>LNX2006: a source was edited between hashing and copying.</summary>
    internal static StoreException Changed(string source) =>
        new("LNX2006", $"the source '{source}' changed while it was taken: build again");

    /// <summary>LNX2007: content that no tree may hold.</summary>
    /// <param name="what">As the message begins, as <c>the output of 'model'</c>.</param>
    /// <param name="refusals">Sentences, each with the offending path.</param>
    internal static StoreException Refused(string what, IEnumerable<string> refusals) => new("LNX2007", RefusedText(what, refusals));

    internal static string RefusedText(string what, IEnumerable<string> refusals) =>
        Visible.Text($"{what} is refused: {Listed.First(MostRefusals, refusals.Order(StringComparer.Ordinal), "; ")}");

    const int MostRefusals = 100;

    /// <summary>LNX3001: something in a store is not as it was stored.</summary>
    public static StoreException Damaged(string path, string why, string cure) =>
        new("LNX3001", Visible.Text($"the store is damaged: '{path}' {why}; {cure}"));

    /// <summary>LNX3001: a folder that holds other things is not turned into a store.</summary>
    internal static StoreException NoStore(string folder, string foreign) => new("LNX3001",
        $"'{folder}' is not a store: it has no file 'format', but '{foreign}'; name an empty folder, or one that does not exist");

    /// <summary>LNX3002: the file system has no kernel locks.</summary>
    internal static StoreException NoLocks(string path, string why) => new("LNX3002",
        $"'{path}' cannot be locked ({why}): the store is on a file system without kernel locks; {AnotherStore} on a local disk");

    /// <summary>LNX3003: a store that cannot be opened or written.</summary>
    /// <param name="what"><c>opened</c> or <c>written</c>.</param>
    internal static StoreException Inaccessible(string folder, string what, Exception cause) =>
        new("LNX3003", $"the store '{folder}' cannot be {what}: {Words(cause)}; {CureOfStore(cause)}");

    // Another folder always helps. It comes first only where rights are missing.
    static string CureOfStore(Exception cause) => DiskProblem.Of(cause) switch
    {
        DiskProblem.Forbidden => $"{AnotherStore} that you may write to",
        { } cure => $"{cure}, or {AnotherStore} on another disk",
        null => $"build again when that is put right, or set LightnixStore or LIGHTNIX_STORE to another folder",
    };

    /// <summary>LNX3003: a run would have to be stored where nothing may be written.</summary>
    public static StoreException ReadOnly(string folder, string why) => new("LNX3003",
        $"it would have to run ({why}), and the store '{folder}' may only be read; {AnotherStore} that you may write to, "
        + "or bring a store that has the result");

    /// <summary>LNX3003: the folder of links is read-only.</summary>
    internal static StoreException ReadOnlyLinks(string folder) => new("LNX3003", Visible.Text(
        $"the link folder '{folder}' may not be written to: set LightnixLinkDir to a folder that you may write to, "
        + "or build with --artifacts-path DIR"));

    /// <summary>LNX3003: the file system refused something; its own words, and what helps.</summary>
    /// <param name="what">As <c>the store could not be written or read</c>.</param>
    /// <param name="again">What to do after the cure.</param>
    public static StoreException Failed(string what, Exception cause, string again = "build again") => new("LNX3003",
        $"{what}: {Words(cause)}; "
        + (DiskProblem.Of(cause) is { } cure ? $"{cure}, and {again}" : $"{again} when that is put right"));

    static string Words(Exception cause) => cause.Message.TrimEnd('.');

    /// <summary>LNX3004: a file has the name of the link folder.</summary>
    internal static StoreException FileInPlaceOfLinks(string file) => new("LNX3004",
        $"'{file}' is a file where the folder of links to results belongs: move it away, or set LightnixLinkDir to another folder");

    /// <summary>LNX3004: names of stages in the link folder are taken.</summary>
    internal static StoreException NamesTaken(IEnumerable<string> problems) => new("LNX3004", string.Join("; ", problems));

    /// <summary>LNX3005: maintenance is done by one process at a time.</summary>
    internal static StoreException InMaintenance(string folder) => new("LNX3005",
        $"the store '{folder}' is being verified, repaired or collected by another process: wait until it has ended");

    /// <summary>LNX3006: <c>--forget</c> names no project of the store.</summary>
    /// <param name="known">Projects, or the first characters of their roots.</param>
    internal static StoreException UnknownRoot(string name, IEnumerable<string> known) => new("LNX3006",
        $"no root is of '{name}': name one of {string.Join(", ", known.Select(k => $"'{k}'"))}");

    /// <summary>LNX3007: an archive that <c>lightnix import</c> cannot take. The store is as it was.</summary>
    /// <param name="why">A sentence.</param>
    internal static StoreException BadArchive(string archive, string why) => new("LNX3007", Visible.Text(
        $"the archive '{archive}' is damaged: {why}; nothing was imported; copy it again, or write it again with 'lightnix export'"));
}
