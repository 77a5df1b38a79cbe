namespace Lightnix.House;

/// <summary>The rooms as a table of Markdown, as docs/design.md has it.</summary>
static class RoomTable
{
    // What makes a room pure is one word; the text below the table says what it stands for.
    static readonly ImmutableArray<(string Word, ImmutableArray<Ban> Bans)> Words =
    [
        ("the world", Bans.Impure), ("files", Bans.Files), ("processes", Bans.Processes), ("network", Bans.Network), ("clock", Bans.Clock),
        ("local time", Bans.LocalTime), ("chance", Bans.Chance), ("environment", Bans.EnvironmentOfProcess),
        ("current directory", Bans.CurrentDirectory), ("culture", Bans.Culture), ("console", Bans.Console), ("MSBuild", Bans.MSBuild),
        ("JSON library", Bans.JsonLibrary), ("hash functions", Bans.HashFunctions), ("unordered sets", Bans.UnorderedSets),
    ];

    public static string Text() => string.Concat(
    [
        "| Room | May use | May not name | Because |\n|---|---|---|---|\n",
        .. Table.Rooms.Select(r => $"| {r.Name} | {(r.MayUse.IsEmpty ? "–" : string.Join(", ", r.MayUse))} | {MayNot(r)} | {r.Reason} |\n"),
    ]);

    static string MayNot(Room room)
    {
        var left = room.MayNot.Select(b => b.What).ToHashSet(StringComparer.Ordinal);
        var words = new List<string>();
        foreach (var (word, bans) in Words.Where(w => w.Bans.All(b => left.Contains(b.What))))
        {
            // A word whose bans were all named by wider ones says nothing new.
            if (bans.Any(b => left.Contains(b.What)))
                words.Add(word);
            left.ExceptWith(bans.Select(b => b.What));
        }
        return string.Join(", ", words);
    }
}
