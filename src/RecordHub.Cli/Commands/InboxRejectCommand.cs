using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub inbox reject</c>.</summary>
internal static class InboxRejectCommand
{
    public static Command Create()
    {
        Argument<RecordId> id = Symbols.Record();
        Option<InboxExtent> extent = Symbols.Extent();
        Option<string> reason = new("--reason") { Description = "Why", HelpName = "R", Required = true };
        return HubCommand.Described(
            "reject", "Say that a record belongs to no case",
            "inbox reject 0193a1b2c3d470008000000000000001 --reason 'another patient'", id, reason, extent)
            .Runs(files: true, async (hub, output, parsed, cancellationToken) =>
            {
                DecidedView decided = await hub.DecideAsync(
                    new InboxTarget(parsed.GetRequiredValue(id), parsed.GetValue(extent)), InboxVerdict.Reject, default, parsed.GetRequiredValue(reason), cancellationToken);
                output.Show(decided, HubJson.Default.DecidedView, view => DecidedText.Write(output, view));
                return ExitCodes.Done;
            });
    }
}
