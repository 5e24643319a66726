using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace RecordHub.Dicom.Network;

/// <summary>
/// The pipe of one connection with time-outs and an orderly stop. Every failure of the pipe leaves as
/// <see cref="AssociationException"/>.
/// </summary>
/// <remarks>
/// Reads are woken by <see cref="PipeReader.CancelPendingRead"/> and never by a token, so that a half-close inside a
/// PDU is seen as the end of the bytes and not as a cancelled task.
/// </remarks>
internal sealed partial class PduTransport : IAsyncDisposable
{
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private readonly TimeProvider _time;
    private readonly ITimer _readTimer;
    private readonly ITimer _writeTimer;
    private readonly ITimer _graceTimer;
    private readonly CancellationToken _stopping;
    private readonly CancellationToken _crowdedOut;
    private readonly CancellationTokenSource _abandoned = new();
    private readonly CancellationTokenRegistration _stopRegistration;
    private readonly CancellationTokenRegistration _crowdRegistration;
    private bool _isWorking;

    public PduTransport(
        IDuplexPipe pipe, TimeProvider time, TimeSpan stopGrace, CancellationToken stopping,
        CancellationToken crowdedOut = default)
    {
        _input = pipe.Input;
        _output = pipe.Output;
        _time = time;
        _stopping = stopping;
        _crowdedOut = crowdedOut;
        _readTimer = CreateTimer(_input.CancelPendingRead);
        _writeTimer = CreateTimer(_output.CancelPendingFlush);
        _graceTimer = CreateTimer(Abandon);
        _stopRegistration = stopping.UnsafeRegister(
            _ =>
            {
                _graceTimer.Change(stopGrace, Timeout.InfiniteTimeSpan);
                _input.CancelPendingRead();
            },
            null);
        _crowdRegistration = crowdedOut.UnsafeRegister(_ => _input.CancelPendingRead(), null);
    }

    /// <summary>Cancelled when the service stops waiting for the work under way.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>Whether a message is under way, which a stop lets finish within the grace.</summary>
    public bool InMessage { get; set; }

    /// <summary>Whether operations run beside the reading, which a stop lets finish within the grace too.</summary>
    public bool IsWorking
    {
        get => Volatile.Read(ref _isWorking);
        set
        {
            Volatile.Write(ref _isWorking, value);
            if (!value && _stopping.IsCancellationRequested)
            {
                _input.CancelPendingRead();
            }
        }
    }

    /// <summary>Whether the association is over, which a stop does not hurry: its bounds are short already.</summary>
    public bool IsClosing { get; set; }

    /// <summary>Whether the peer has an association, which no crowd of others ends.</summary>
    public bool IsAssociated { get; set; }

    public PipeWriter Output => _output;

    /// <summary>The clock of the time-outs.</summary>
    public TimeProvider Time => _time;

    /// <summary>The moment from which a time-out counts.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>Reads; the result may hold nothing new, so callers look, advance and read again.</summary>
    /// <param name="since">From when <paramref name="timeout"/> counts.</param>
    /// <param name="timeout">How long to wait for bytes.</param>
    /// <param name="cancellationToken">Ends the wait with <see cref="OperationCanceledException"/>.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadResult> ReadAsync(
        long since, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ThrowIfStopping();
        ReadResult result;
        try
        {
            ValueTask<ReadResult> pending = _input.ReadAsync(CancellationToken.None);
            if (pending.IsCompleted)
            {
                result = await pending.ConfigureAwait(false);
            }
            else
            {
                result = await WaitAsync(pending, since, timeout, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Kestrel reports a reset as IOException and its own abort as OperationCanceledException.
            throw new AssociationException(AssociationEnding.ConnectionLost, e);
        }

        // A wake-up without a cause is a timer of an earlier wait that came late. At the end the time is over for a peer
        // that goes on sending, too.
        if ((result.IsCanceled || IsClosing)
            && (_time.GetElapsedTime(since) >= timeout || IsStopDue || IsCrowdedOut || cancellationToken.IsCancellationRequested))
        {
            _input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            cancellationToken.ThrowIfCancellationRequested();
            ThrowIfStopping();
            throw new AssociationException(AssociationEnding.TimedOut);
        }

        return result;
    }

    /// <summary>Takes what is there without waiting.</summary>
    public bool TryRead(out ReadResult result) => _input.TryRead(out result);

    public void AdvanceTo(SequencePosition consumed) => _input.AdvanceTo(consumed);

    public void AdvanceTo(SequencePosition consumed, SequencePosition examined) =>
        _input.AdvanceTo(consumed, examined);

    /// <summary>Sends what was written; waits while the peer does not read.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask FlushAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        long since = Now;
        while (true)
        {
            FlushResult result;
            try
            {
                ValueTask<FlushResult> pending = _output.FlushAsync(CancellationToken.None);
                if (pending.IsCompleted)
                {
                    result = await pending.ConfigureAwait(false);
                }
                else
                {
                    _writeTimer.Change(Remaining(since, timeout), Timeout.InfiniteTimeSpan);
                    using CancellationTokenRegistration wake =
                        cancellationToken.UnsafeRegister(static output => (output as PipeWriter)?.CancelPendingFlush(), _output);
                    result = await pending.ConfigureAwait(false);
                    _writeTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
            {
                throw new AssociationException(AssociationEnding.ConnectionLost, e);
            }

            if (result.IsCompleted)
            {
                throw new AssociationException(AssociationEnding.ConnectionLost);
            }

            if (!result.IsCanceled)
            {
                return;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (_time.GetElapsedTime(since) >= timeout)
            {
                throw new AssociationException(AssociationEnding.TimedOut);
            }
        }
    }

    /// <summary>
    /// Reads and forgets until the peer closes or the time is over: closing on unread bytes would reset the connection,
    /// and our last words with it.
    /// </summary>
    public async ValueTask DrainUntilClosedAsync(long since, TimeSpan timeout)
    {
        IsClosing = true;
        try
        {
            ReadResult result;
            do
            {
                result = await ReadAsync(since, timeout).ConfigureAwait(false);
                _input.AdvanceTo(result.Buffer.End);
            }
            while (!result.IsCompleted);
        }
        catch (AssociationException)
        {
            // Closed the hard way, or not in time: over either way.
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stopRegistration.DisposeAsync().ConfigureAwait(false);
        await _crowdRegistration.DisposeAsync().ConfigureAwait(false);
        await _readTimer.DisposeAsync().ConfigureAwait(false);
        await _writeTimer.DisposeAsync().ConfigureAwait(false);
        await _graceTimer.DisposeAsync().ConfigureAwait(false);
        _abandoned.Dispose();
    }

    /// <summary>The bytes ended inside a PDU: the peer may be listening still, and is told.</summary>
    public static AssociationException CutOff() =>
        new(AssociationEnding.ConnectionLost, AbortReason.UnexpectedPdu);

    private bool IsCrowdedOut => !IsAssociated && _crowdedOut.IsCancellationRequested;

    private bool IsStopDue =>
        !IsClosing && (_abandoned.IsCancellationRequested || (_stopping.IsCancellationRequested && !InMessage && !IsWorking));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> WaitAsync(
        ValueTask<ReadResult> pending, long since, TimeSpan timeout, CancellationToken cancellationToken)
    {
        _readTimer.Change(Remaining(since, timeout), Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration wake =
            cancellationToken.UnsafeRegister(static input => (input as PipeReader)?.CancelPendingRead(), _input);
        ReadResult result = await pending.ConfigureAwait(false);
        _readTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return result;
    }

    private void ThrowIfStopping()
    {
        if (IsStopDue)
        {
            throw new AssociationException(AssociationEnding.Stopped);
        }

        if (IsCrowdedOut)
        {
            throw new AssociationException(AssociationRejection.Congestion);
        }
    }

    /// <summary>Gives up whatever is under way.</summary>
    public void Abandon()
    {
        _abandoned.Cancel();
        _input.CancelPendingRead();
        _output.CancelPendingFlush();
    }

    private TimeSpan Remaining(long since, TimeSpan timeout)
    {
        TimeSpan remaining = timeout - _time.GetElapsedTime(since);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    private ITimer CreateTimer(Action callback) => _time.CreateTimer(
        static state => (state as Action)?.Invoke(), callback, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
