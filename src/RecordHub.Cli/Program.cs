using RecordHub.Cli;

using Interruption interruption = new();
return await CommandLine.RunAsync(args, Console.Out, Console.Error, interruption.Token);
