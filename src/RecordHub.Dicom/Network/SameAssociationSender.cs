namespace RecordHub.Dicom.Network;

/// <summary>Sends the instances of a C-GET on its own association, on contexts whose SCP the peer is (PS3.4 §C.4.3).</summary>
internal sealed class SameAssociationSender(DimseChannel channel, InvokedOperations invoked) : IInstanceSender
{
    private readonly AcceptedContext[] _contexts =
        [.. channel.Contexts.Values.Where(context => context.RequestorIsScp).OrderBy(context => context.Id)];

    /// <inheritdoc />
    public async ValueTask<StoreResponse> SendAsync(
        RetrievedInstance instance, MoveOriginator? originator, CancellationToken cancellationToken)
    {
        if (InstanceTransfer.Choose(_contexts, instance) is not { } transfer)
        {
            return InstanceTransfer.NotAccepted(instance);
        }

        Stream dataSet;
        try
        {
            dataSet = await transfer.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InstanceException e)
        {
            return e.ToResponse();
        }

        await using (dataSet.ConfigureAwait(false))
        {
            CommandSet response = await invoked
                .InvokeAsync(
                    transfer.Context.Id,
                    messageId => DimseRequests.Store(
                        messageId, instance.SopClassUid, instance.SopInstanceUid, originator),
                    dataSet, cancellationToken)
                .ConfigureAwait(false);
            return StoreResponse.Read(response);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
