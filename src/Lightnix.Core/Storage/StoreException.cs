using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Storage;

/// <summary>Something about the store, or about what was to be put there, is wrong; carries the code.</summary>
public sealed class StoreException(string code, string message) : ContentException(code, message)
{
    internal static StoreException Damaged(string path, string why, string cure) =>
        new("LNX3001", Visible.Text($"the store is damaged: '{path}' {why}; {cure}"));

    internal static StoreException Inaccessible(string folder, string what, Exception cause) =>
        new("LNX3003", $"the store '{folder}' cannot be {what}: {cause.Message.TrimEnd('.')}; {CureOf(cause)}");

    // Another folder helps always; it is the first thing to try only where rights are missing.
    static string CureOf(Exception cause) => DiskProblem.Of(cause) switch
    {
        DiskProblem.Forbidden => "set LightnixStore or LIGHTNIX_STORE to a folder that you may write to",
        { } cure => $"{cure}, or set LightnixStore or LIGHTNIX_STORE to a folder on another disk",
        null => "build again when that is put right, or set LightnixStore or LIGHTNIX_STORE to another folder",
    };

    internal static StoreException NoLinks(string folder) =>
        new("LNX3003", Visible.Text($"the link folder '{folder}' may not be written to: set LightnixLinkDir to a folder that you may write to, or build with --artifacts-path DIR"));

    internal static StoreException ReadOnly(string folder, string why) =>
        new("LNX3003", $"it would have to run ({why}), and the store '{folder}' may only be read; set LightnixStore or LIGHTNIX_STORE to a folder that you may write to, or bring a store that has the result");

    internal static StoreException Refused(string what, IReadOnlyList<string> refusals)
    {
        const int shown = 100;
        return new("LNX2007", Visible.Text($"{what} is refused: {Listed.First(shown, refusals.Order(StringComparer.Ordinal), "; ")}"));
    }
}
