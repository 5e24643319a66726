using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub inbox undo</c>.</summary>
internal static class InboxUndoCommand
{
    public static Command Create()
    {
        Argument<RecordId> id = Symbols.Record();
        Option<InboxExtent> extent = Symbols.Extent();
        return HubCommand.Described(
            "undo", "Take the last decision about a record back; it is held again",
            "inbox undo 0193a1b2c3d470008000000000000001", id, extent)
            .Runs(files: true, async (hub, output, parsed, cancellationToken) =>
            {
                DecidedView decided = await hub.DecideAsync(
                    new InboxTarget(parsed.GetRequiredValue(id), parsed.GetValue(extent)), InboxVerdict.Undo, default, null, cancellationToken);
                output.Show(decided, HubJson.Default.DecidedView, view => DecidedText.Write(output, view));
                return ExitCodes.Done;
            });
    }
}
