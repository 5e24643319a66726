namespace RecordHub.Cli.Tests;

/// <summary>One command line run in this process.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> RunAsync(params string[] arguments)
    {
        StringWriter output = new();
        StringWriter error = new();
        int exitCode = await CommandLine.RunAsync(arguments, output, error, CancellationToken.None);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
}
