using System.IO.Pipelines;
using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;

namespace RecordHub.Cli.Dicom;

/// <summary>A connection to a DICOM node, as the upper layer sees it.</summary>
internal sealed class DicomConnection : IDuplexPipe, IDisposable
{
    private readonly PeerConnection _connection;

    private DicomConnection(PeerConnection connection) => _connection = connection;

    public PipeReader Input => _connection.Input;

    public PipeWriter Output => _connection.Output;

    /// <summary>Connects.</summary>
    /// <exception cref="CommandException">Nobody answers there, or the TLS handshake failed.</exception>
    public static async Task<DicomConnection> OpenAsync(DicomPeer peer, CancellationToken cancellationToken)
    {
        try
        {
            return new DicomConnection(
                await PeerConnection.OpenAsync(peer.Host, peer.Port, peer.Tls, cancellationToken));
        }
        catch (PeerUnreachableException unreachable)
        {
            throw new CommandException(unreachable.Message, unreachable.Advice);
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

    /// <summary>Ends an association on which everything was answered; a peer that does not release it in order is a note.</summary>
    public static async Task ReleaseAsync(
        AssociationRequestor association, Action<string>? noted, CancellationToken cancellationToken)
    {
        if (await association.TryReleaseAsync(cancellationToken) is { } ended)
        {
            noted?.Invoke($"The peer has answered everything, but did not release the association in order ({ended.Ending}).");
        }
    }

    public void Dispose() => _connection.Dispose();
}
