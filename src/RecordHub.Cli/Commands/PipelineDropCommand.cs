using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub pipeline drop</c>.</summary>
internal static class PipelineDropCommand
{
    public static Command Create()
    {
        Argument<string> id = new("id") { Description = "The id of the item, as 'pipeline failed' shows it" };
        Option<string> reason = new("--reason") { Description = "Why", HelpName = "R", Required = true };
        return HubCommand.Described(
            "drop", "Reject an item that fails; its bytes stay, and 'inbox undo' takes the decision back",
            "pipeline drop 0193a1b2c3d470008000000000000001 --reason 'a damaged file, asked for again'", id, reason)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                DroppedView dropped = await hub.DropFailedAsync(
                    parsed.GetRequiredValue(id), parsed.GetRequiredValue(reason), cancellationToken);
                output.Show(dropped, HubJson.Default.DroppedView, view => output.Line($"{view.Key} is rejected."));
                return ExitCodes.Done;
            });
    }
}
