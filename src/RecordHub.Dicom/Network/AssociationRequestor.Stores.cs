using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <content>C-STORE (PS3.4 Annex B).</content>
public sealed partial class AssociationRequestor
{
    /// <summary>Sends one instance and returns the peer's answer.</summary>
    /// <param name="context">An accepted context; the data set must be in its transfer syntax.</param>
    /// <param name="sopInstanceUid">The instance.</param>
    /// <param name="dataSet">The bytes of the data set, without preamble and file meta information.</param>
    /// <param name="cancellationToken">Gives up; the association is aborted.</param>
    public Task<StoreResponse> StoreAsync(
        AcceptedContext context, Uid sopInstanceUid, Stream dataSet, CancellationToken cancellationToken) =>
        StoreAsync(context, sopInstanceUid, dataSet, originator: null, cancellationToken);

    /// <summary>On which context, and how, an instance can be sent; null when the peer takes it in no way.</summary>
    public InstanceTransfer? FindTransfer(RetrievedInstance instance) =>
        InstanceTransfer.Choose(Contexts.Where(context => context.RequestorIsScu), instance);

    /// <summary>
    /// Sends one instance as it is stored, or converted when only another native encoding was accepted. One that the peer
    /// takes in no way is not sent, and answered with the reason.
    /// </summary>
    public async Task<StoreResponse> StoreAsync(
        RetrievedInstance instance, MoveOriginator? originator, CancellationToken cancellationToken)
    {
        if (FindTransfer(instance) is not { } transfer)
        {
            return InstanceTransfer.NotAccepted(instance);
        }

        try
        {
            Stream dataSet = await transfer.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (dataSet.ConfigureAwait(false))
            {
                return await StoreAsync(transfer.Context, instance.SopInstanceUid, dataSet, originator, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        catch (InstanceException e)
        {
            return e.ToResponse();
        }
    }

    private async Task<StoreResponse> StoreAsync(
        AcceptedContext context, Uid sopInstanceUid, Stream dataSet, MoveOriginator? originator,
        CancellationToken cancellationToken)
    {
        ushort messageId = NextMessageId();
        ReadOnlyMemory<byte> command =
            DimseRequests.Store(messageId, context.AbstractSyntax, sopInstanceUid, originator);
        CommandSet response = await GuardedAsync(
            async () =>
            {
                _upperLayer.Fire(UpperLayerEvent.DataRequested);
                await SendAsync(context, command, dataSet, cancellationToken).ConfigureAwait(false);
                return await ReceiveResponseAsync(CommandField.StoreRequest, messageId).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return StoreResponse.Read(response);
    }

    private async Task SendAsync(
        AcceptedContext context, ReadOnlyMemory<byte> command, Stream dataSet, CancellationToken cancellationToken)
    {
        try
        {
            await _channel.SendMessageAsync(context.Id, command, dataSet, cancellationToken).ConfigureAwait(false);
        }
        catch (AssociationException e) when (e.Ending == AssociationEnding.ConnectionLost)
        {
            // The peer's last word may say why: an A-ABORT leaves from here.
            await _upperLayer.ReceiveAsync(_transport.Now, _options.CloseTimeout, CancellationToken.None)
                .ConfigureAwait(false);
            throw;
        }
    }
}
