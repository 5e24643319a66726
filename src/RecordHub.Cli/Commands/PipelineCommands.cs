using System.CommandLine;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub pipeline</c>.</summary>
internal static class PipelineCommands
{
    public static Command Create() => HubCommand.Described(
        "pipeline", "See what fails on its way to a case, try it again, or drop it", "pipeline failed",
        PipelineFailedCommand.Create(), PipelineRetryCommand.Create(), PipelineDropCommand.Create());
}
