using System.Text.RegularExpressions;
using Lightnix.Hashing;

namespace Lightnix.Model;

public partial class LockFileTexts
{
    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex AnyDigest { get; }

    static LockedStage Stage(string text, Matcher? matcher = null, params string?[] metrics)
    {
        var resolved = new Reference<Resolved>(Digest.Of(Encoding.UTF8.GetBytes(text + " resolved")));
        return new(
            new(
                new(Digest.Of(Encoding.UTF8.GetBytes(text))),
                [.. metrics.Select(
                    (metric, i) => ChosenResult.Of(resolved, new(Digest.Of(Encoding.UTF8.GetBytes($"{text} {i}"))), metric))],
                matcher?.IsPlural == true),
            matcher ?? Matcher.Default);
    }

    static readonly LockFile Two = new("data.lnproj", ImmutableSortedDictionary<StageName, LockedStage>.Empty
        .Add(StageName.Parse("train-0_1"),
            Stage("train", new() { Select = Select.Best, Take = 2, AtLeast = 5, AtMost = 5, Metric = Metric.Parse("scores.json#/f1") },
            "0.95", "0.90"))
        .Add(StageName.Parse("Digits"), Stage("digits", null, (string?)null)));

    [Fact]
    public void Have_a_fact_a_line_sorted_and_end_with_a_newline() => Assert.Equal("""
        {
          "format": "lightnix/lock/1",
          "project": "data.lnproj",
          "stages": {
            "Digits": {
              "derivation": "#",
              "matcher": {
                "atLeast": 1,
                "atMost": 1,
                "select": "Latest",
                "take": 1
              },
              "realizations": [
                {
                  "realization": "#",
                  "tree": "#"
                }
              ],
              "resolved": "#"
            },
            "train-0_1": {
              "derivation": "#",
              "matcher": {
                "atLeast": 5,
                "atMost": 5,
                "metric": "scores.json#/f1",
                "select": "Best",
                "take": 2
              },
              "realizations": [
                {
                  "metric": "0.95",
                  "realization": "#",
                  "tree": "#"
                },
                {
                  "metric": "0.90",
                  "realization": "#",
                  "tree": "#"
                }
              ],
              "resolved": "#"
            }
          }
        }

        """, AnyDigest.Replace(Two.ToText(), "#"));

    [Fact]
    public void Have_a_resolved_derivation_and_a_winner_for_each_result_of_a_choice()
    {
        var winner = new Winner(StageName.Parse("train").Of("data"),
            ImmutableSortedDictionary.Create<string, string>(Utf8Order.Instance).Add("rate", "0.1"));
        var result = ChosenResult.Of(new(Digest.Of([1])), new(Digest.Of([2])), "0.9") with { Winner = winner };
        var file = new LockFile("data.lnproj", ImmutableSortedDictionary<StageName, LockedStage>.Empty
            .Add(StageName.Parse("best"), new(new(new(Digest.Of([3])), [result], false), Matcher.OfChoices)));

        Assert.Equal("""
            {
              "format": "lightnix/lock/2",
              "project": "data.lnproj",
              "stages": {
                "best": {
                  "derivation": "#",
                  "matcher": {
                    "atLeast": 1,
                    "atMost": 1,
                    "select": "Only",
                    "take": 1
                  },
                  "realizations": [
                    {
                      "metric": "0.9",
                      "realization": "#",
                      "resolved": "#",
                      "tree": "#",
                      "winner": {
                        "parameters": {
                          "rate": "0.1"
                        },
                        "stage": "data:train"
                      }
                    }
                  ]
                }
              }
            }

            """, AnyDigest.Replace(file.ToText(), "#"));
        Assert.Equal(result, LockFile.Parse(Encoding.UTF8.GetBytes(file.ToText())).Stages[StageName.Parse("best")].Results[0]);
    }

    [Fact]
    public void Are_read_as_they_were_written()
    {
        Assert.Equal(Two.ToText(), LockFile.Parse(Encoding.UTF8.GetBytes(Two.ToText())).ToText());
        // As git on Windows may check it out.
        Assert.Equal(Two.ToText(),
            LockFile.Parse(Encoding.UTF8.GetBytes(Two.ToText().Replace("\n", "\r\n", StringComparison.Ordinal))).ToText());
        // As editors on Windows may save it.
        Assert.Equal(Two.ToText(), LockFile.Parse([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Two.ToText())]).ToText());
    }

    [Theory]
    [InlineData("", ", at line 1, column 1", 1)]
    [InlineData("[]", "it should be an object", 1)]
    [InlineData("{\n  \"format\": \"lightnix/lock/3\"\n}\n",
        "its format is 'lightnix/lock/3', and this Lightnix reads 'lightnix/lock/1' and 'lightnix/lock/2'", 2)]
    [InlineData("\uFEFF{\n  \"stages\": {},\n  \"format\": \"lightnix/lock/3\"\n}\n",
        "its format is 'lightnix/lock/3', and this Lightnix reads 'lightnix/lock/1' and 'lightnix/lock/2'", 3)]
    [InlineData("{\n  \"format\": \"lightnix/lock/1\",\n  \"project\": \"data.lnproj\"\n}\n", "the member 'stages' should be an object", 1)]
    [InlineData("{\n  \"format\": \"lightnix/lock/1\",\n  \"project\": \"data.lnproj\",\n  \"stages\": []\n}\n",
        "the member 'stages' should be an object", 4)]
    [InlineData("{\n  \"format\": \"lightnix/lock/1\",\n}\n", ", at line 3, column 1", 3)]
    [InlineData("{\n  \"stages\": {},\n  \"stages\": {}\n}\n", "member 'stages' twice, at line 3", 3)]
    [InlineData("{\n<<<<<<< HEAD\n  \"a\": 1\n=======\n  \"a\": 2\n>>>>>>> theirs\n}\n", "a merge left a conflict in it", 2)]
    public void That_are_none_say_why_and_where(string text, string why, int line)
    {
        var problem = Assert.Throws<LockFileException>(() => LockFile.Parse(Encoding.UTF8.GetBytes(text)));

        Assert.EndsWith(why, problem.Message, StringComparison.Ordinal);
        Assert.Equal(line, problem.Line);
    }

    [Theory]
    [InlineData("\"resolved\": \"", "\"resolved\": \"x", "stage 'Digits': 'x", 5)]
    [InlineData("\"tree\": \"", "\"tree\": \"0", "stage 'Digits': '0", 5)]
    [InlineData("\"train-0_1\"", "\"digits\"", "stage 'digits': it is there twice", 21)]
    [InlineData("\"select\": \"Latest\"", "\"select\": \"Newest\"", "stage 'Digits': the matcher 'Newest' is not known", 5)]
    public void That_were_edited_by_hand_say_which_stage_is_wrong(string part, string edited, string why, int line)
    {
        var text = Two.ToText();
        var at = text.IndexOf(part, StringComparison.Ordinal);

        var problem = Assert.Throws<LockFileException>(
            () => LockFile.Parse(Encoding.UTF8.GetBytes(text[..at] + edited + text[(at + part.Length)..])));

        Assert.StartsWith(why, problem.Message, StringComparison.Ordinal);
        Assert.Equal(line, problem.Line);
    }

    [Fact]
    public void That_mix_two_results_are_refused()
    {
        var (a, b) = (Stage("a", null, (string?)null), Stage("b", null, (string?)null));
        var mixed = LockFile.None("p.lnproj") with
        {
            Stages =
            ImmutableSortedDictionary<StageName,
            LockedStage>.Empty.Add(StageName.Parse("a"),
            a with { Choice = a.Choice with { Results = [b.Results[0] with { Resolved = a.Resolved }] } })
        };

        Assert.Contains("is not the realization of",
            Assert.Throws<LockFileException>(() => LockFile.Parse(Encoding.UTF8.GetBytes(mixed.ToText()))).Message,
            StringComparison.Ordinal);
    }
}
