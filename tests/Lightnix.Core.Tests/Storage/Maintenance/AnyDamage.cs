namespace Lightnix.Storage;

/// <summary>Every file and folder of a small real store is damaged in every way, one after the other.</summary>
[Trait("Speed", "Slow")]
public sealed class AnyDamage : IDisposable
{
    const string Extras = """
        <Stage Include="bad" Command="echo on purpose; exit 3" />
        <Promise Include="nothing" Stage="bad" />
        """;
    const string Recipe = "train; mkdir -p @{out}/empty @{out}/folder; cp @{data/data.csv} @{out}/folder/tool; "
        + "chmod +x @{out}/folder/tool; ln -s ../weights @{out}/folder/link; echo";

    readonly Farm _farm = new(inMemory: true);

    public AnyDamage()
    {
        _farm.Build("""<Matcher Include="model" Select="Best" Metric="accuracy.txt" AtLeast="2" />""" + Extras, Recipe);
        var chosen = _farm.Model();
        using (var store = _farm.Open())
        {
            var loser = store.Records.History(chosen.Resolved).Runs.Single(r => r.Realization != chosen.Results[0].Realization);
            store.Records.Add(new Model.Rejection(loser.Realization, "by hand", "me", DateTimeOffset.UnixEpoch));
            store.Pins.Add(new(chosen.Results[0].Realization, chosen.Resolved, chosen.Results[0].Tree, "published", "me",
                DateTimeOffset.UnixEpoch));
        }
        Build();
        _farm.Sh("rm -rf locks/* work/* cache/*; mkdir locks/sessions; cp -a . ../pristine");
    }

    public void Dispose() => _farm.Dispose();

    (bool Succeeded, string[] Ran) Build() =>
        _farm.Build("""<Matcher Include="model" Select="Best" Metric="accuracy.txt" AtLeast="2" />""", Recipe);

    string[] Look(bool repair = false)
    {
        using var store = _farm.Open();
        return [.. (repair ? store.Maintenance.Repair() : store.Maintenance.Verify()).Where(d => d.Mended is null)
            .Select(d => $"{d.Place} {d.Problem}")];
    }

    // With $1 the place. Size and times are put back where a mutation allows it, so that only the bytes show it.
    const string Shell = """
        set -eu
        keep() { stat -c '%y' "$1" > ../time; stat -c '%y' "$(dirname "$1")" > ../above; stat -c %a "$(dirname "$1")" > ../mode;
          chmod u+w "$(dirname "$1")"; }
        restore() { [ ! -e "$1" ] || [ -L "$1" ] || touch -d "$(cat ../time)" "$1"; chmod "$(cat ../mode)" "$(dirname "$1")";
          touch -d "$(cat ../above)" "$(dirname "$1")"; }
        flip() {
          python3 -c "import sys; f = open(sys.argv[1], 'r+b'); b = f.read(); i = len(b) // 2; f.seek(i); f.write(bytes([b[i]^1]))" "$1"
        }
        keep "$1"; m=$(stat -c %a "$1")
        case $0 in
          flip) chmod u+w "$1"; flip "$1"; chmod "$m" "$1"; restore "$1" ;;
          truncate) chmod u+w "$1"; truncate -s -1 "$1"; chmod "$m" "$1"; restore "$1" ;;
          append) chmod u+w "$1"; printf '\n' >> "$1"; chmod "$m" "$1"; restore "$1" ;;
          chmod) chmod u+w "$1"; restore "$1" ;;
          setid) chmod u+s "$1"; restore "$1" ;;
          touch) touch -h -d 2001-01-01T00:00:00Z "$1"; chmod "$(cat ../mode)" "$(dirname "$1")";
            touch -d "$(cat ../above)" "$(dirname "$1")" ;;
          delete) chmod -R u+w "$1" 2> ../err || true; rm -rf "$1"; restore "$1" ;;
          link) chmod u+w "$1" 2> ../err || true; rm -rf ../aside; mv "$1" ../aside; [ -L ../aside ] || chmod "$m" ../aside;
            ln -s "$(pwd)/../aside" "$1"; restore "$1" ;;
          folder) chmod -R u+w "$1" 2> ../err || true; rm -rf "$1"; mkdir "$1"; restore "$1" ;;
          extra) chmod u+w "$1"; : > "$1/extra"; chmod "$m" "$1"; touch -d "$(cat ../time)" "$1";
            chmod "$(cat ../mode)" "$(dirname "$1")"; touch -d "$(cat ../above)" "$(dirname "$1")" ;;
        esac
        """;

    /// <summary>Where a mutation is none, or cannot be seen.</summary>
    static bool IsTold(string how, string place, char kind, bool isChosen)
    {
        var top = place.Split('/')[0];
        var inTree = top == "trees";
        return (how, kind) switch
        {
            // Files hold bytes, folders hold names; a link has neither.
            ("flip" or "truncate" or "append", not 'f') => false,
            ("chmod" or "setid", 'l') => false,
            ("extra", not 'd') => false,
            ("folder", 'd') => false,
            // Folders of the store itself may belong to any user, and be somewhere else.
            ("chmod" or "setid" or "touch", 'd') => inTree && place.Contains('/', StringComparison.Ordinal),
            ("link", 'd') => place.Contains('/', StringComparison.Ordinal),
            // Times of records say nothing; that of a listing when its tree was used.
            ("touch", _) => top is "trees" or "files" or "logs",
            // What nothing else names is not missed.
            ("delete", _) => top switch
            {
                "roots" or "pins" or "files" => !place.Contains('/', StringComparison.Ordinal),
                "resolved" =>
                    place == "resolved" || isChosen || place.EndsWith("resolved.json", StringComparison.Ordinal)
                    || place.Contains("realization.", StringComparison.Ordinal),
                "trees" => place.Count(c => c == '/') > 1 || place == "trees" || isChosen,
                // Without it there is no store; the tool says so.
                "format" => false,
                _ => true,
            },
            _ => true,
        };
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("truncate")]
    [InlineData("append")]
    [InlineData("chmod")]
    [InlineData("setid")]
    [InlineData("touch")]
    [InlineData("delete")]
    [InlineData("link")]
    [InlineData("folder")]
    [InlineData("extra")]
    public void Is_found_and_repaired(string how)
    {
        var chosen = _farm.Model();
        bool IsChosen(string place) =>
            place.Contains($"/{chosen.Results[0].Tree}", StringComparison.Ordinal)
            || place.EndsWith($"/{chosen.Resolved}", StringComparison.Ordinal)
            || (place.Contains("/run.", StringComparison.Ordinal)
                && _farm.Sh($"cat ../pristine/{place}").Contains(chosen.Results[0].Tree.ToString(), StringComparison.Ordinal));
        var places = _farm.Sh("find derivations resolved listings trees files logs roots pins format -printf '%y %p\\n'").Split('\n')
            .Select(l => (Kind: l[0], Path: l[2..])).ToList();
        var (wrong, tried) = (new List<string>(), 0);
        var built = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, place) in places.Where(p => IsTold(how, p.Path, p.Kind, IsChosen(p.Path))).ToList())
        {
            _farm.Sh("cd ..; chmod -R u+w store aside 2> err || true; rm -rf store aside; cp -a pristine store");
            Assert.Equal((0, ""), Sh.TryRun("sh", _farm.StoreFolder, ["-c", Shell, how, place]));
            tried++;
            if (Complaint(how, place, built) is { } complaint)
                wrong.Add($"{place}: {complaint}");
        }
        Assert.True(tried > 10
            && wrong.Count == 0, string.Create(CultureInfo.InvariantCulture,
            $"{how}: {wrong.Count} of {tried}:\n{string.Join('\n', wrong)}"));
    }

    string? Complaint(string how, string place, HashSet<string> built)
    {
        var name = Path.GetFileName(place);
        try
        {
            var found = Look();
            // Of what is gone, what was in it or what lacks it may be named.
            if (!found.Any(f => f.Contains(name.Length >= 64 ? name[..64] : name, StringComparison.Ordinal))
                && (how != "delete" || found.Length == 0))
                return $"not found; but {string.Join(" | ", found)}";
            var isLeft = Look(repair: true).Where(NeedsABuild).Concat(Look()).ToArray() is { Length: > 0 } left && !left.All(NeedsABuild)
                ? string.Join(" | ", left)
                : null;
            if (isLeft is not null)
                return $"left: {isLeft}";
        }
        catch (StoreException e) when (place == "format" && e.Code is "LNX3001" or "LNX3003")
        {
            // A store of another format is not looked into.
            return null;
        }
        // One of each kind, which every part of the place but its digests shows.
        if (!built.Add(string.Join('/', place.Split('/').Select(p => new string([.. p.Where(c => !char.IsAsciiHexDigitLower(c))])))))
            return null;
        var (succeeded, _) = Build();
        var after = Look().Where(l => !l.StartsWith("pins/", StringComparison.Ordinal)).ToArray();
        return succeeded && after.Length == 0
            ? null
            : $"then built: {succeeded}: "
                + $"{string.Join(" | ", _farm.Said.Where(s => s.Contains("LNX", StringComparison.Ordinal)).Concat(after))}";
    }

    // Only its build knows what a root was.
    static bool NeedsABuild(string left) =>
        left.StartsWith("roots/", StringComparison.Ordinal) || left.StartsWith("pins/", StringComparison.Ordinal);
}
