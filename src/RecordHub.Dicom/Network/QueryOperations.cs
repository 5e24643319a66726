using System.Threading.Channels;

namespace RecordHub.Dicom.Network;

/// <summary>
/// Runs C-FIND, C-MOVE and C-GET one after the other, beside the loop that receives, so that a C-CANCEL, an abort and the
/// responses to sub-operations are seen meanwhile.
/// </summary>
internal sealed class QueryOperations : IAsyncDisposable
{
    // Bounded by what is open.
    private readonly Channel<QueryOperation> _waiting =
        Channel.CreateUnbounded<QueryOperation>();

    private readonly Dictionary<ushort, QueryOperation> _open = [];
    private readonly CancellationTokenSource _over = new();
    private readonly PduTransport _transport;
    private readonly Func<QueryOperation, CancellationToken, Task> _run;
    private readonly Task _runner;
    private long _lastEnd;
    private volatile Exception? _failure;

    /// <param name="transport">Told while operations run; given up when one fails the association.</param>
    /// <param name="run">Runs one operation to its last response.</param>
    public QueryOperations(PduTransport transport, Func<QueryOperation, CancellationToken, Task> run)
    {
        _transport = transport;
        _run = run;
        _lastEnd = transport.Now;
        _runner = RunAllAsync();
    }

    /// <summary>The failure of an operation that ends the association; null while there is none.</summary>
    public Exception? Failure => _failure;

    /// <summary>Whether something runs, or did a moment ago: the peer is not idle then.</summary>
    public bool WereActive(TimeSpan within) =>
        _transport.IsWorking || _transport.Time.GetElapsedTime(Volatile.Read(ref _lastEnd)) < within;

    /// <summary>Takes an operation; otherwise the response that says why not.</summary>
    public StoreResponse? TryAdd(DimseMessage message, QueryRequest request)
    {
        lock (_open)
        {
            if (_open.TryGetValue(request.MessageId, out QueryOperation? other) && !other.IsEnding)
            {
                return new StoreResponse(DimseStatus.DuplicateInvocation, "This message id is in use");
            }

            if (_open.Count == DimseLimits.MaxOpenQueries)
            {
                return new StoreResponse(DimseStatus.ResourceLimitation, "Too many operations at a time");
            }

            QueryOperation operation = new(message, request);
            _open[request.MessageId] = operation;
            _transport.IsWorking = true;
            _waiting.Writer.TryWrite(operation);
            return null;
        }
    }

    /// <summary>Takes C-CANCEL; an operation that is over cannot be cancelled, which is no error.</summary>
    public void Cancel(ushort messageId)
    {
        lock (_open)
        {
            _open.GetValueOrDefault(messageId)?.Cancel();
        }
    }

    /// <summary>Stops what runs without a response, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _over.CancelAsync().ConfigureAwait(false);
        await _runner.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (QueryOperation left in _open.Values)
        {
            left.Dispose();
        }

        _over.Dispose();
    }

    private async Task RunAllAsync()
    {
        try
        {
            await foreach (QueryOperation operation in _waiting.Reader.ReadAllAsync(_over.Token).ConfigureAwait(false))
            {
                await _run(operation, _over.Token).ConfigureAwait(false);
                lock (_open)
                {
                    if (_open.GetValueOrDefault(operation.Request.MessageId) == operation)
                    {
                        _open.Remove(operation.Request.MessageId);
                    }

                    operation.Dispose();
                    Volatile.Write(ref _lastEnd, _transport.Now);
                    _transport.IsWorking = _open.Count > 0;
                }
            }
        }
        catch (Exception e)
        {
            _failure = e;
            throw;
        }
        finally
        {
            if (_failure is not null && !_over.IsCancellationRequested)
            {
                // Wakes the receiving side, which ends the association with this failure.
                _transport.Abandon();
            }
        }
    }
}
