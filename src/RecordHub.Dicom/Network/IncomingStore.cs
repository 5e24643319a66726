using System.Runtime.CompilerServices;

namespace RecordHub.Dicom.Network;

/// <summary>Takes one C-STORE-RQ and answers it, whichever side of the association we are.</summary>
internal static class IncomingStore
{
    /// <summary>The answer that was sent.</summary>
    /// <param name="channel">Where the request came from.</param>
    /// <param name="message">The command.</param>
    /// <param name="refusal">Why its data set is not looked at; null when it is.</param>
    /// <param name="self">Handed to <paramref name="store"/>.</param>
    /// <param name="store">Takes the data set.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<StoreResponse> AnswerAsync<T>(
        DimseChannel channel, DimseMessage message, StoreResponse? refusal, T self,
        Func<T, DimseMessage, Stream, ValueTask<StoreResponse>> store)
    {
        StoreResponse response = refusal ?? StoreResponse.Success;
        if (message.Command.HasDataSet)
        {
            PdvStream dataSet = channel.OpenDataSet(message.Context);
            await using (dataSet.ConfigureAwait(false))
            {
                try
                {
                    response = refusal ?? await store(self, message, dataSet).ConfigureAwait(false);
                }
                catch (InstanceException e)
                {
                    response = e.ToResponse();
                }

                // A handler that hides a broken data set does not get to answer for it.
                await dataSet.FinishAsync().ConfigureAwait(false);
            }
        }

        await channel.SendCommandAsync(message.Context.Id, DimseResponses.Store(message.Command, response))
            .ConfigureAwait(false);
        return response;
    }
}
