namespace Lightnix.Storage;

/// <summary>A text that changes when a builder changes a folder: names, sizes, times and inodes of all that is in it.</summary>
static class FolderFingerprint
{
    public static string Of(string folder)
    {
        var found = new List<string>();
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var path))
        {
            try
            {
                foreach (var (name, bytes) in Files.AllNames(path) ?? [])
                {
                    var child = name is null ? null : Path.Combine(path, name);
                    var facts = child is null ? null : Files.Facts(child);
                    found.Add(string.Create(CultureInfo.InvariantCulture, $"{path}/{Convert.ToHexString(bytes)} {facts}"));
                    if (facts?.Kind == FileKind.Folder)
                        open.Push(child!);
                }
            }
            catch (IOException e)
            {
                // Unreadable, too deep, or changed meanwhile.
                found.Add($"{path} {e.Message}");
            }
        }
        found.Sort(StringComparer.Ordinal);
        return Digest.Of(Encoding.UTF8.GetBytes(string.Join('\n', found))).ToString();
    }
}
