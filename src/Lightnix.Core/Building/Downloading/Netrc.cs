namespace Lightnix.Building;

/// <summary>Names and passwords of servers, from <c>NETRC</c> or <c>.netrc</c> in the home, as <c>curl -n</c> reads them.</summary>
sealed class Netrc
{
    const int Largest = 1 << 20;
    readonly List<Entry> _entries = [];

    /// <summary>Empty where there is no file, or where it cannot be read.</summary>
    public static Netrc Of(ImmutableSortedDictionary<string, string> environment)
    {
        var home = environment.GetValueOrDefault("HOME") ?? environment.GetValueOrDefault("USERPROFILE");
        var file = environment.GetValueOrDefault("NETRC") is { Length: > 0 } named ? named
            : home is null ? null
            : SystemTraits.NetrcNames.Select(n => Path.Combine(home, n)).LastOrDefault(File.Exists);
        return Path.IsPathFullyQualified(file ?? "") && SmallFile.Read(file!, Largest) is { } text ? Parse(text) : new();
    }

    public static Netrc Parse(string text)
    {
        var netrc = new Netrc();
        Entry? entry = null;
        using var lines = new StringReader(text);
        var words = new Queue<string>();
        while (Next() is { } word)
        {
            switch (word)
            {
                case "machine" when Next() is { } host:
                    netrc._entries.Add(entry = new(host));
                    break;
                case "default":
                    netrc._entries.Add(entry = new(null));
                    break;
                case "login" when entry is not null:
                    entry.User = Next();
                    break;
                case "password" when entry is not null:
                    entry.Password = Next();
                    break;
                case "account":
                    Next();
                    break;
                case "macdef":
                    // A macro ends with an empty line.
                    words.Clear();
                    while (lines.ReadLine() is { Length: > 0 })
                    {
                    }
                    break;
            }
        }
        return netrc;

        string? Next()
        {
            while (words.Count == 0)
            {
                if (lines.ReadLine() is not { } line)
                    return null;
                if (!line.TrimStart().StartsWith('#'))
                    words = Words(line);
            }
            return words.Dequeue();
        }
    }

    /// <summary>The first entry for a server, and for its user where one is named. An entry without a machine matches all.</summary>
    public (string User, string Password)? Find(string host, string? user)
    {
        var found = _entries.Find(e => (e.Host is null || e.Host.Equals(host, StringComparison.OrdinalIgnoreCase))
            && e.Password is not null && (user is null || e.User is null || e.User == user));
        return found is null || (found.User ?? user) is not { } name ? null : (name, found.Password!);
    }

    static Queue<string> Words(string line)
    {
        var words = new Queue<string>();
        for (var i = 0; i < line.Length;)
        {
            if (char.IsWhiteSpace(line[i]))
            {
                i++;
                continue;
            }
            var (word, isQuoted) = (new StringBuilder(), line[i] == '"');
            for (i += isQuoted ? 1 : 0; i < line.Length && (isQuoted ? line[i] != '"' : !char.IsWhiteSpace(line[i])); i++)
            {
                if (isQuoted && line[i] == '\\' && i + 1 < line.Length)
                    word.Append(line[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var c => c });
                else
                    word.Append(line[i]);
            }
            i += isQuoted ? 1 : 0;
            words.Enqueue(word.ToString());
        }
        return words;
    }

    sealed class Entry(string? host)
    {
        public string? Host => host;
        public string? User { get; set; }
        public string? Password { get; set; }
    }
}
