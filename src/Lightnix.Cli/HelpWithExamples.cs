using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Lightnix.Cli;

/// <summary>The help of a verb, and below it how it is called.</summary>
sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["ls"] = ["lightnix ls", "lightnix ls --runs --project data.lnproj"],
        ["show"] = ["lightnix show model", "lightnix show 3f2a9c01"],
        ["log"] = ["lightnix log model | less -R", "lightnix log model --follow"],
        ["status"] = ["lightnix status", "lightnix status --follow"],
        ["why"] = ["lightnix why model", "lightnix why model --chosen"],
        ["trace"] = ["lightnix trace model", "lightnix trace ~/Downloads/model.zip"],
        ["diff"] = ["lightnix diff data:model other:model", "lightnix diff model@3 model"],
        ["runs"] = ["lightnix runs train --where 'rate<0.1' --sort -accuracy.txt", "lightnix runs train --each --csv > runs.csv"],
        ["history"] = ["lightnix history", "lightnix history model"],
        ["variance"] = ["lightnix variance model", "lightnix variance model --json"],
        ["graph"] = ["lightnix graph", "lightnix graph --dot | dot -Tsvg > graph.svg"],
        ["report"] = ["lightnix report", "lightnix report -o model.html --project data.lnproj"],
        ["build"] = ["lightnix build", "lightnix build model 'train-*' -- -c Release"],
        ["plan"] = ["lightnix plan", "lightnix plan data:model --project All.slnx"],
        ["run"] = ["lightnix run model", "lightnix run model -- -p:LightnixMaxParallel=2"],
        ["test"] = ["lightnix test", "lightnix test model --project data.lnproj"],
        ["shell"] = ["lightnix shell model", "lightnix shell model --run 3f2a9c01 -- ls -l"],
        ["adopt"] = ["lightnix adopt model --reason \"only a comment\"", "lightnix adopt model split --reason \"patch release\" --yes"],
        ["unadopt"] = ["lightnix unadopt model", "lightnix unadopt 3f2a9c01"],
        ["note"] = ["lightnix note 3f2a9c01 \"the fan was broken\"", "lightnix note model \"goes into the paper\""],
        ["pin"] = ["lightnix pin model --reason v2", "lightnix pin 3f2a9c01 --as best --closure"],
        ["unpin"] = ["lightnix unpin model", "lightnix unpin best --closure"],
        ["rm"] = ["lightnix rm 3f2a9c01 --reason \"wrong labels\"", "lightnix rm model --checkpoint"],
        ["unreject"] = ["lightnix unreject 3f2a9c01", "lightnix unreject model"],
        ["export"] = ["lightnix export model -o model.tar.zst", "lightnix export model report -o - | ssh other lightnix import -"],
        ["import"] = ["lightnix import model.tar.zst", "lightnix import - < model.tar.zst"],
        ["prov"] = ["lightnix prov model --format ro-crate -o crate", "lightnix prov model --format slsa -o slsa"],
        ["verify"] = ["lightnix verify", "lightnix verify --repair"],
        ["gc"] = ["lightnix gc", "lightnix gc --older-than 30d --yes"],
    };

    /// <summary>What is missing in a call for help is no mistake.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (Examples.TryGetValue(parseResult.CommandResult.Command.Name, out var examples))
        {
            Output.Line("Examples:");
            foreach (var example in examples)
                Output.Line($"  {example}");
        }
        return code;
    }
}
