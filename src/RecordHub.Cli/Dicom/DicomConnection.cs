using System.IO.Pipelines;
using System.Net.Sockets;
using RecordHub.Dicom.Network;

namespace RecordHub.Cli.Dicom;

/// <summary>A TCP connection to a DICOM node, as the upper layer sees it.</summary>
internal sealed class DicomConnection : IDuplexPipe, IDisposable
{
    private readonly TcpClient _client;

    private DicomConnection(TcpClient client)
    {
        _client = client;
        Stream stream = client.GetStream();
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>Connects.</summary>
    /// <exception cref="CommandException">Nobody listens there.</exception>
    public static async Task<DicomConnection> OpenAsync(DicomPeer peer, CancellationToken cancellationToken)
    {
        TcpClient client = new() { NoDelay = true };
        try
        {
            await client.ConnectAsync(peer.Host, peer.Port, cancellationToken);
            return new DicomConnection(client);
        }
        catch (SocketException refused)
        {
            client.Dispose();
            throw new CommandException(
                $"{peer.Host}:{peer.Port} does not answer ({refused.SocketErrorCode}).",
                "Check the address and port, and that the peer is running and reachable from here.");
        }
    }

    /// <summary>What an ending of the association means to the person who asked for it.</summary>
    public static CommandException Explain(AssociationException ended, DicomPeer peer) => ended.Ending switch
    {
        AssociationEnding.Rejected => new CommandException(
            $"{peer.CalledAeTitle} rejected the association: {ended.Rejection}.",
            "Check the called AE title (--aec), and that the peer knows our AE title (--aet)."),
        AssociationEnding.TimedOut => new CommandException(
            "The peer did not answer in time.", "Check that a DICOM node listens on this port."),
        _ => new CommandException(ended.Message, "See the peer's log; run it again."),
    };

    public void Dispose() => _client.Dispose();
}
