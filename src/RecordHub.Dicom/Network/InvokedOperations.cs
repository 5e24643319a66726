using System.Collections.Concurrent;

namespace RecordHub.Dicom.Network;

/// <summary>What we ask of the peer on an association that it opened: C-STORE while it gets, and N-EVENT-REPORT.</summary>
internal sealed class InvokedOperations(DimseChannel channel, TimeSpan timeout, TimeProvider time)
{
    private readonly ConcurrentDictionary<ushort, TaskCompletionSource<CommandSet>> _open = new();
    private readonly ConcurrentDictionary<ushort, byte> _givenUp = new();
    private int _lastMessageId;

    /// <summary>Sends a request with a data set and waits for its response.</summary>
    /// <exception cref="AssociationException">It did not come in time.</exception>
    public async ValueTask<CommandSet> InvokeAsync(
        byte contextId, Func<ushort, ReadOnlyMemory<byte>> command, Stream dataSet, CancellationToken cancellationToken)
    {
        ushort messageId = (ushort)Interlocked.Increment(ref _lastMessageId);
        TaskCompletionSource<CommandSet> response = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[messageId] = response;
        try
        {
            await channel.SendMessageAsync(contextId, command(messageId), dataSet, cancellationToken)
                .ConfigureAwait(false);
            return await response.Task.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new AssociationException(AssociationEnding.TimedOut, e);
        }
        finally
        {
            if (!response.Task.IsCompleted)
            {
                _givenUp[messageId] = 0;
            }

            _open.TryRemove(messageId, out _);
        }
    }

    /// <summary>Takes a response from the peer; false when it responds to nothing that we asked.</summary>
    public bool TryComplete(CommandSet response) =>
        response.UInt16(CommandElement.MessageIdBeingRespondedTo) is { } messageId
        && ((_open.TryGetValue(messageId, out TaskCompletionSource<CommandSet>? waiting) && waiting.TrySetResult(response))
            || _givenUp.TryRemove(messageId, out _));
}
