using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>Tells the peer of an accepted association something of our own accord, while nothing else is under way on it.</summary>
public sealed class EventReporter : IAsyncDisposable
{
    private readonly DimseChannel _channel;
    private readonly InvokedOperations _invoked;
    private readonly PduTransport _transport;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _over = new();
    private long _lastMessage;

    internal EventReporter(DimseChannel channel, InvokedOperations invoked, PduTransport transport)
    {
        _channel = channel;
        _invoked = invoked;
        _transport = transport;
        _lastMessage = transport.Now;
    }

    /// <summary>Whether the peer took a context of this SOP class as its SCU.</summary>
    public bool CanReport(Uid sopClass) => Find(sopClass) is not null;

    /// <summary>
    /// Sends the report once the association was quiet for a while, as peers that wait for the answer to a C-STORE may
    /// not expect it, and gives the peer's answer. Null: the association ended before there was one.
    /// </summary>
    public async Task<ushort?> ReportAsync(EventReport report, TimeSpan quiet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        try
        {
            using CancellationTokenSource either =
                CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _over.Token);
            await _turn.WaitAsync(either.Token).ConfigureAwait(false);
            try
            {
                return await SendAsync(report, quiet, either.Token).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (AssociationException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Ends what is under way; afterwards nothing is sent any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        await _turn.WaitAsync().ConfigureAwait(false);
        _turn.Dispose();
        _over.Dispose();
    }

    /// <summary>Notes that a message of the peer has been answered.</summary>
    internal void NoteMessage() => Volatile.Write(ref _lastMessage, _transport.Now);

    private AcceptedContext? Find(Uid sopClass) => _channel.Contexts.Values.FirstOrDefault(
        context => context.AbstractSyntax == sopClass && context.RequestorIsScu);

    private async Task<ushort?> SendAsync(EventReport report, TimeSpan quiet, CancellationToken token)
    {
        if (Find(report.SopClassUid) is not { } context)
        {
            return null;
        }

        TimeSpan left;
        while ((left = Left(quiet)) > TimeSpan.Zero)
        {
            await Task.Delay(left, _transport.Time, token).ConfigureAwait(false);
        }

        using MemoryStream dataSet = new(ServiceDataSet.ToBytes(report.DataSet, context.TransferSyntax).ToArray());
        CommandSet response = await _invoked
            .InvokeAsync(context.Id, messageId => NormalizedCommand.EventReport(messageId, report), dataSet, token)
            .ConfigureAwait(false);
        return response.UInt16(CommandElement.Status) ?? DimseStatus.ProcessingFailure;
    }

    private TimeSpan Left(TimeSpan quiet) => _transport.InMessage
        ? quiet
        : quiet - _transport.Time.GetElapsedTime(Volatile.Read(ref _lastMessage));
}
