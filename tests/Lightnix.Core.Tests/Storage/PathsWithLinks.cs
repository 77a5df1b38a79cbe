using Lightnix.Building;
using Lightnix.Model;

namespace Lightnix.Storage;

public sealed class PathsWithLinks : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [LinuxTheory]
    [InlineData("mkdir -p real/deep; ln -s real/deep link; ln -s ../file real/deep/back", "link/back", "real/file")]
    [InlineData("mkdir -p real/deep; ln -s real/deep link; ln -s link/../file up", "up", "real/file")]
    [InlineData("mkdir real; ln -s real a; ln -s a b", "b/x/y", "real/x/y")]
    [InlineData("ln -s a b; ln -s b a", "a", "a")]
    public void Lead_where_the_system_says(string script, string path, string real)
    {
        Sh.Run(script, _temp.Folder);

        Assert.Equal(_temp[real], new RealPaths(Files.LinkAt).Of(_temp[path]));
    }

    [LinuxFact]
    public void Are_followed_where_a_file_is_replaced()
    {
        Sh.Run("mkdir -p far/locks here; echo old > far/locks/l.json; ln -s ../far/locks here/locks; ln -s ../l.json far/locks/own; "
            + "ln -s locks/own here/lock; echo top > far/l.json", _temp.Folder);

        Files.Replace(_temp["here/lock"], "new"u8.ToArray());

        Assert.Equal("new old ", Sh.Run("tr '\\n' ' ' < far/l.json; cat far/locks/l.json | tr '\\n' ' '", _temp.Folder)
            .Replace("new", "new ", StringComparison.Ordinal));
        Assert.Equal("locks/own ../l.json", Sh.Run("echo $(readlink here/lock) $(readlink far/locks/own)", _temp.Folder).Trim());
    }
}
