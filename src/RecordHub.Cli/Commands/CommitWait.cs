using System.CommandLine;

namespace RecordHub.Cli.Commands;

/// <summary><c>--wait SECONDS</c>: how long a command waits for a report of storage commitment.</summary>
internal static class CommitWait
{
    private const int DefaultSeconds = 60;

    public static Option<int> Option() => new("--wait")
    {
        Description = "How long to wait for the report of storage commitment",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => DefaultSeconds,
    };

    public static TimeSpan Of(ParseResult parsed, Option<int> wait) => TimeSpan.FromSeconds(Math.Max(1, parsed.GetValue(wait)));
}
