using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub inbox assign</c>.</summary>
internal static class InboxAssignCommand
{
    public static Command Create()
    {
        Argument<RecordId> id = Symbols.Record();
        Option<InboxExtent> extent = Symbols.Extent();
        Option<CaseNumber> number = Symbols.CaseOption("The case it belongs to", required: true);
        Option<bool> dryRun = new("--dry-run") { Description = "Say which held records it would file; change nothing" };
        return HubCommand.Described(
            "assign", "Put a held record in a case; it is a person's decision and is remembered",
            "inbox assign 0193a1b2c3d470008000000000000001 --case 1", id, number, extent, dryRun)
            .Runs(files: true, async (hub, output, parsed, cancellationToken) =>
            {
                if (parsed.GetValue(dryRun))
                {
                    IReadOnlyList<MovedView> moved = await hub.PreviewAsync(
                        new InboxTarget(parsed.GetRequiredValue(id), parsed.GetValue(extent)), parsed.GetRequiredValue(number),
                        cancellationToken);
                    output.Show(moved, HubJson.Default.IReadOnlyListMovedView, list => DecidedText.Write(output, list));
                    return ExitCodes.Done;
                }

                DecidedView decided = await hub.DecideAsync(
                    new InboxTarget(parsed.GetRequiredValue(id), parsed.GetValue(extent)), InboxVerdict.Assign, parsed.GetRequiredValue(number), null, cancellationToken);
                output.Show(decided, HubJson.Default.DecidedView, view => DecidedText.Write(output, view));
                return ExitCodes.Done;
            });
    }
}
