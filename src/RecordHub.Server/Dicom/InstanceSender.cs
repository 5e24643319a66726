using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Sends stored instances to a site by C-STORE, on an association that is opened when the first one goes out.</summary>
/// <remarks>
/// What has no room in its contexts goes over another. One that breaks is opened anew for the next instance. A site that cannot be reached at all is not called again: what is
/// left fails with the reason.
/// </remarks>
internal sealed class InstanceSender(
    SiteOptions site, string callingAeTitle, IReadOnlyList<RetrievedInstance> instances, SiteConnections calls,
    TimeProvider time) : IInstanceSender
{
    private readonly IReadOnlyList<ContextShare> _shares =
        ContextPlan.For(instances.Select(instance => (instance.SopClassUid, instance.TransferSyntax)));

    private ContextShare? _open;
    private PeerConnection? _connection;
    private AssociationRequestor? _association;
    private string? _unreachable;

    /// <inheritdoc />
    public async ValueTask<StoreResponse> SendAsync(
        RetrievedInstance instance, MoveOriginator? originator, CancellationToken cancellationToken)
    {
        if (_unreachable is not null)
        {
            return NotSent(_unreachable);
        }

        try
        {
            ContextShare share = _shares.First(
                one => one.Instances.Contains((instance.SopClassUid, instance.TransferSyntax)));
            if (_association is null || share != _open)
            {
                await ReleaseAsync().ConfigureAwait(false);
                await OpenAsync(share, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (AssociationException e)
        {
            _unreachable = e.Rejection is { } rejection ? $"It rejects us: {rejection}" : $"The association ended: {e.Ending}";
        }
        catch (PeerUnreachableException e)
        {
            _unreachable = e.Message;
        }

        if (_association is not { } association)
        {
            return NotSent(_unreachable ?? "It does not answer");
        }

        try
        {
            return await association.StoreAsync(instance, originator, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AssociationException or IOException)
        {
            await CloseAsync().ConfigureAwait(false);
            return NotSent("The association broke while it was sent");
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => new(ReleaseAsync());

    private static StoreResponse NotSent(string why) => new(DimseStatus.ProcessingFailure, why);

    private async Task ReleaseAsync()
    {
        if (_association is not null)
        {
            try
            {
                await _association.ReleaseAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e) when (e is AssociationException or InvalidOperationException)
            {
                // All was answered before: how the association ends changes nothing.
            }
        }

        await CloseAsync().ConfigureAwait(false);
    }

    private async Task OpenAsync(ContextShare share, CancellationToken cancellationToken)
    {
        _connection = await calls.OpenAsync(site, cancellationToken).ConfigureAwait(false);
        _association = await AssociationRequestor
            .OpenAsync(
                _connection,
                new RequestorOptions
                {
                    CallingAeTitle = callingAeTitle,
                    CalledAeTitle = site.AeTitle
                        ?? throw new InvalidOperationException("The site has no AE title to be called by."),
                },
                share.Contexts, time, cancellationToken)
            .ConfigureAwait(false);
        _open = share;
    }

    private async Task CloseAsync()
    {
        if (_association is not null)
        {
            await _association.DisposeAsync().ConfigureAwait(false);
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }

        _association = null;
        _connection = null;
    }
}
