using System.CommandLine;
using System.Globalization;
using RecordHub.Cli.Dicom;
using RecordHub.Cli.Hub;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub dicom echo</c>.</summary>
internal static class DicomEchoCommand
{
    public static Command Create()
    {
        DicomPeerOptions options = new();
        Command command = HubCommand.Described(
            "echo", "Ask a DICOM node whether it is there and talks to us", "dicom echo 127.0.0.1:11112 --aec RECORDHUB",
            [options.Address, options.Called, options.Calling, .. options.Tls.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            DicomPeer peer = options.Peer(parsed);
            ushort status = await new DicomSender(peer, TimeProvider.System, context.Output.Note).EchoAsync(cancellationToken);
            string code = status.ToString("X4", CultureInfo.InvariantCulture);
            CheckView check = new(
                "echo", status == 0, $"{peer.CalledAeTitle} at {peer.Host}:{peer.Port} answered {code}.",
                status == 0 ? string.Empty : "See the peer's log.");
            context.Output.Show(check, HubJson.Default.CheckView, view => context.Output.Line(view.Detail));
            return check.Ok ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }
}
