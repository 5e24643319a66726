using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub dicom commitments</c>.</summary>
internal static class DicomCommitmentsCommand
{
    public static Command Create() => HubCommand.Described(
        "commitments", "List senders that asked for storage commitment and have not confirmed our report", "dicom commitments")
        .Runs(files: false, async (hub, output, _, cancellationToken) =>
        {
            IReadOnlyList<CommitmentView> waiting = await hub.ListCommitmentsAsync(cancellationToken);
            output.Show(waiting, HubJson.Default.IReadOnlyListCommitmentView, list => output.Table(
                ["State", "Sender", "Transaction", "Instances", "Asked", "Next", "Attempts", "Detail"],
                list.Select(IReadOnlyList<string> (one) =>
                [
                    one.State, one.Site is null ? one.AeTitle : $"{one.Site} ({one.AeTitle})", one.TransactionUid,
                    $"{one.Instances}", $"{one.RequestedAt:u}", one.State == "waiting" ? $"{one.At:u}" : string.Empty,
                    $"{one.Attempts}", one.Detail,
                ])));
            return waiting.Any(one => one.State == "abandoned") ? ExitCodes.Attention : ExitCodes.Done;
        });
}
