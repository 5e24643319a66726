using System.CommandLine;
using RecordHub.Cli.Dicom;
using RecordHub.Server.Pulling;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub dicom get</c>.</summary>
internal static class DicomGetCommand
{
    public static Command Create()
    {
        DicomPeerOptions peer = new();
        DicomKeyOptions keys = new();
        Option<string> folder = new("--out", "-o")
        {
            Description = "The folder for the files; what is there already is not fetched again",
            HelpName = "DIR",
            DefaultValueFactory = _ => ".",
        };
        Command command = HubCommand.Described(
            "get", "Fetch instances from a DICOM node by C-GET; run it again for what is missing",
            "dicom get 127.0.0.1:11112 -k StudyInstanceUID=1.2.3 --out ./study",
            [peer.Address, keys.Keys, folder, keys.PatientRoot, peer.Called, peer.Calling, .. peer.Tls.All]);
        keys.RequireWanted(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            DicomPeer node = peer.Peer(parsed);
            InstanceFolder target = new(Path.GetFullPath(parsed.GetRequiredValue(folder)));
            FetchReport report = new(context.Output, target.PathOf, TimeProvider.System);
            return report.End(await DicomNode.ExplainAsync(node, async () =>
            {
                NodeCaller caller = DicomNode.Call(node, keys.Models(parsed));
                IReadOnlyList<ListedInstance> listed =
                    await new InstanceLister(caller).ListAsync(parsed.GetRequiredValue(keys.Keys), cancellationToken);
                report.Held(listed.Where(one => target.Has(one.Instance)));
                return await new InstanceFetcher(caller, TimeProvider.System).GetAsync(
                    listed, target.Has, report.Received(target.StoreAsync), report.Progress, cancellationToken);
            }));
        });
        return command;
    }
}
