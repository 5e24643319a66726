using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;
using RecordHub.Server.Pulling;

namespace RecordHub.Cli.Dicom;

/// <summary>A DICOM node that a command asks and fetches from; what goes wrong is told as a sentence with advice.</summary>
internal static class DicomNode
{
    /// <param name="peer">The node.</param>
    /// <param name="models">The information models that it is asked in.</param>
    public static NodeCaller Call(DicomPeer peer, IReadOnlyList<QueryModel> models) => new(
        token => PeerConnection.OpenAsync(peer.Host, peer.Port, peer.Tls, token),
        new RequestorOptions { CallingAeTitle = peer.CallingAeTitle, CalledAeTitle = peer.CalledAeTitle },
        TimeProvider.System)
    {
        Models = models,
    };

    /// <exception cref="CommandException">The node cannot be reached, or does not do it.</exception>
    public static async Task<T> ExplainAsync<T>(DicomPeer peer, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (AssociationException ended)
        {
            throw DicomConnection.Explain(ended, peer);
        }
        catch (PeerUnreachableException unreachable)
        {
            throw new CommandException(unreachable.Message, unreachable.Advice);
        }
        catch (QueryRefusedException refused)
        {
            throw new CommandException(
                refused.Message, "Check the keys and the level, and that the peer allows this to our AE title (--aet).");
        }
    }
}
