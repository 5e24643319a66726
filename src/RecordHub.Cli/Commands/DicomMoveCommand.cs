using System.CommandLine;
using RecordHub.Cli.Dicom;
using RecordHub.Server.Pulling;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub dicom move</c>.</summary>
internal static class DicomMoveCommand
{
    public static Command Create()
    {
        DicomPeerOptions peer = new();
        DicomKeyOptions keys = new();
        Option<string> destination = DicomPeerOptions.Title("--to", "The AE title to send to, as the peer knows it", null);
        Command command = HubCommand.Described(
            "move", "Have a DICOM node send instances to an application entity that it knows, by C-MOVE",
            "dicom move 127.0.0.1:11112 --to ARCHIVE -k StudyInstanceUID=1.2.3",
            [peer.Address, destination, keys.Keys, keys.PatientRoot, peer.Called, peer.Calling, .. peer.Tls.All]);
        keys.RequireWanted(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            DicomPeer node = peer.Peer(parsed);
            FetchReport report = new(context.Output, pathOf: null, TimeProvider.System);
            return report.End(await DicomNode.ExplainAsync(node, async () =>
            {
                NodeCaller caller = DicomNode.Call(node, keys.Models(parsed));
                IReadOnlyList<ListedInstance> listed =
                    await new InstanceLister(caller).ListAsync(parsed.GetRequiredValue(keys.Keys), cancellationToken);
                return await new InstanceFetcher(caller, TimeProvider.System).MoveAsync(
                    listed, static _ => false, parsed.GetRequiredValue(destination), arrived: null, report.Progress, cancellationToken);
            }));
        });
        return command;
    }
}
