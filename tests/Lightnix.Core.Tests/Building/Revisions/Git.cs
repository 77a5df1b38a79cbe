using Lightnix.Storage;

namespace Lightnix.Building;

/// <summary>Runs git for tests, without the settings of the user.</summary>
static class Git
{
    public const string Commit = "echo a > tracked; printf 'bin/\\n' > .gitignore; git add --all; git commit --quiet -m first";

    public static string Run(string folder, string script) => Sh.Run($"""
        export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a
        export GIT_COMMITTER_EMAIL=a@b GIT_ALLOW_PROTOCOL=file
        {script}
        """, folder);
}
