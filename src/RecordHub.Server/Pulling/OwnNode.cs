using System.Net;
using RecordHub.Server.Dicom;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Pulling;

/// <summary>Our own DICOM listener, which another process may be: what a site moves has to arrive somewhere.</summary>
internal sealed class OwnNode(RecordHubOptions options, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Makes sure that somebody listens where we are called.</summary>
    /// <exception cref="PullRefusedException">Nobody does.</exception>
    public async Task EnsureUpAsync(CancellationToken cancellationToken)
    {
        IPAddress address = options.Dicom.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : options.Dicom.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : options.Dicom.Address;
        using CancellationTokenSource timely = new(s_patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timely.Token, cancellationToken);
        try
        {
            PeerConnection connection = await PeerConnection
                .OpenAsync(address.ToString(), options.Dicom.Port, null, either.Token).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is PeerUnreachableException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new PullRefusedException(
                $"The site moves instances to us (C-MOVE), and nobody listens for DICOM at {options.Dicom}.",
                "Start the service on this data folder ('recordhub serve'), then pull again.");
        }
    }
}
