using Lightnix.Storage;

namespace Lightnix.Building;

/// <summary>It is read from git's files, without git.</summary>
public sealed class TheCommitOfAWorkingTree : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(":")]
    [InlineData("git pack-refs --all")]
    [InlineData("git checkout --quiet --detach")]
    [InlineData("git checkout --quiet -b a/b")]
    [InlineData("git worktree add --quiet -b other other; cd other")]
    [InlineData("git worktree add --quiet -b other other; git pack-refs --all; cd other")]
    [InlineData("mkdir sub; git -C sub init --quiet; git submodule --quiet add ./ module; cd module")]
    public void Is_what_git_says(string script)
    {
        var printed = Git.Run(_temp.Folder, $"git init --quiet .; {Git.Commit}; {script}; pwd; git rev-parse HEAD").Trim().Split('\n');
        Assert.Equal(printed[1], GitFolder.Of(Path.Combine(printed[0], "some/folder"))?.Commit());
    }

    [Theory]
    [InlineData("git init --quiet .")]
    [InlineData("mkdir .git")]
    [InlineData("mkdir .git; echo 'ref: refs/../../x' > .git/HEAD; echo 4b825dc642cb6eb9a060e54bf8d69288fbee4904 > x")]
    [InlineData("mkdir .git; mkfifo .git/HEAD")]
    [InlineData("mkdir -p .git/refs; echo 'ref: refs/a' > .git/HEAD; echo 'ref: refs/a' > .git/refs/a")]
    public void Is_not_known_where_there_is_none(string script)
    {
        Git.Run(_temp.Folder, script);
        Assert.Null(GitFolder.Of(_temp.Folder)!.Commit());
    }
}
