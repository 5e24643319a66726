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
        Option<CaseNumber> number = Symbols.CaseOption("The case it belongs to", required: true);
        return HubCommand.Described(
            "assign", "Put a held record in a case; it is a person's decision and is remembered",
            "inbox assign 0193a1b2c3d470008000000000000001 --case 1", id, number)
            .Runs(files: true, async (hub, output, parsed, cancellationToken) =>
            {
                DecidedView decided = await hub.DecideAsync(
                    parsed.GetRequiredValue(id), InboxVerdict.Assign, parsed.GetRequiredValue(number), null, cancellationToken);
                output.Show(decided, HubJson.Default.DecidedView, view => DecidedText.Write(output, view));
                return ExitCodes.Done;
            });
    }
}
