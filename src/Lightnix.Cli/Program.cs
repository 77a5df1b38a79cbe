return Lightnix.Cli.CommandLine.Run(args);
