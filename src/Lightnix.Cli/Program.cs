return Lightnix.Cli.Tool.Run(args);
