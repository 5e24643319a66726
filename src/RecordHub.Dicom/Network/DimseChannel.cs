using System.Buffers;
using System.Runtime.CompilerServices;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>Receives and sends DIMSE messages over an established upper layer (PS3.7 §8, PS3.8 Annex E).</summary>
/// <remarks>
/// A command is collected, bounded; a data set is never: it is read fragment by fragment through
/// <see cref="PdvStream"/>. One may receive while others send: what is sent goes out message by message.
/// </remarks>
internal sealed class DimseChannel(
    UpperLayer upperLayer, IReadOnlyDictionary<byte, AcceptedContext> contexts, uint peerMaxPdu) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _command = new(512);
    private readonly SemaphoreSlim _sending = new(1);
    private uint _pduRemaining;
    private uint _pdvRemaining;
    private PdvHeader _pdv;

    public IReadOnlyDictionary<byte, AcceptedContext> Contexts => contexts;

    private PduTransport Transport => upperLayer.Transport;

    private TimeSpan Stall => upperLayer.Limits.Stall;

    /// <summary>Receives the next command; null when the peer wants release, which is then to be answered.</summary>
    /// <param name="timeout">How long to wait for it to begin.</param>
    /// <param name="token">Ends the wait for it to begin; nothing is lost then.</param>
    /// <exception cref="AssociationException">The association cannot go on.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<DimseMessage?> ReceiveAsync(TimeSpan timeout, CancellationToken token = default)
    {
        if (_pduRemaining == 0)
        {
            PduHeader header = await upperLayer.ReceiveAsync(Transport.Now, timeout, token).ConfigureAwait(false)
                ?? throw new AssociationException(AssociationEnding.ConnectionLost);
            if (header.Type != PduType.DataTransfer)
            {
                await SkipBodyAsync(header).ConfigureAwait(false);
                return null;
            }

            _pduRemaining = header.Length;
        }

        Transport.InMessage = true;
        _command.ResetWrittenCount();
        await NextPdvAsync(expectCommand: true, contextId: null, default).ConfigureAwait(false);
        byte contextId = _pdv.ContextId;
        while (true)
        {
            await CollectCommandAsync().ConfigureAwait(false);
            if (_pdv.IsLast)
            {
                break;
            }

            await NextPdvAsync(expectCommand: true, contextId, default).ConfigureAwait(false);
        }

        return new(contexts[contextId], CommandSet.Parse(_command.WrittenSpan.ToArray(), contexts[contextId].AbstractSyntax));
    }

    /// <summary>Marks the end of a message, between which a stop takes effect.</summary>
    public void EndMessage() => Transport.InMessage = false;

    /// <summary>The data set of the command just received.</summary>
    public PdvStream OpenDataSet(AcceptedContext context)
    {
        _pdv = default;
        return new PdvStream(this, context.Id);
    }

    /// <summary>Reads some bytes of the data set under way; 0 is its end and only its end.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadDataSetAsync(byte contextId, Memory<byte> buffer, CancellationToken token)
    {
        while (_pdvRemaining == 0)
        {
            if (_pdv.IsLast)
            {
                return 0;
            }

            await NextPdvAsync(expectCommand: false, contextId, token).ConfigureAwait(false);
        }

        while (true)
        {
            var result = await Transport.ReadAsync(Transport.Now, Stall, token).ConfigureAwait(false);
            long available = Math.Min(result.Buffer.Length, _pdvRemaining);
            if (available == 0)
            {
                Transport.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                if (result.IsCompleted)
                {
                    throw PduTransport.CutOff();
                }

                continue;
            }

            int count = (int)Math.Min(available, buffer.Length);
            ReadOnlySequence<byte> taken = result.Buffer.Slice(0, count);
            taken.CopyTo(buffer.Span);
            Transport.AdvanceTo(taken.End);
            Consume((uint)count);
            return count;
        }
    }

    /// <summary>The whole data set of the command just received; an empty one when it has none.</summary>
    /// <exception cref="InstanceException">It is longer than we keep, or cannot be read: C000. It was skipped.</exception>
    public async ValueTask<DicomDataSet> ReadIdentifierAsync(DimseMessage message)
    {
        if (!message.Command.HasDataSet)
        {
            return new DicomDataSet();
        }

        PdvStream dataSet = OpenDataSet(message.Context);
        await using (dataSet.ConfigureAwait(false))
        {
            try
            {
                return await ServiceDataSet
                    .ReadAsync(
                        dataSet, message.Context.TransferSyntax, DimseLimits.MaxIdentifierLength, CancellationToken.None)
                    .ConfigureAwait(false);
            }
            catch (InstanceException e)
            {
                throw new InstanceException(DimseStatus.CannotUnderstand, e.Message);
            }
            finally
            {
                await dataSet.FinishAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends a command, cut to what the peer takes.</summary>
    public ValueTask SendCommandAsync(
        byte contextId, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default) =>
        SendMessageAsync(contextId, command, default(ReadOnlyMemory<byte>?), cancellationToken);

    /// <summary>Sends a command and a short data set, if there is one, cut to what the peer takes.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendMessageAsync(
        byte contextId, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte>? dataSet, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            WriteFragments(contextId, isCommand: true, isLast: true, command.Span);
            if (dataSet is { } bytes)
            {
                WriteFragments(contextId, isCommand: false, isLast: true, bytes.Span);
            }

            await Transport.FlushAsync(Stall, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Sends a command and a data set of any length, never holding more than two fragments of it.</summary>
    public async ValueTask SendMessageAsync(
        byte contextId, ReadOnlyMemory<byte> command, Stream dataSet, CancellationToken cancellationToken)
    {
        int size = MaxFragment;
        byte[] current = ArrayPool<byte>.Shared.Rent(size);
        byte[] next = ArrayPool<byte>.Shared.Rent(size);
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            WriteFragments(contextId, isCommand: true, isLast: true, command.Span);
            await Transport.FlushAsync(Stall, cancellationToken).ConfigureAwait(false);
            int count = await FillAsync(dataSet, current.AsMemory(0, size), cancellationToken).ConfigureAwait(false);
            while (true)
            {
                int following = count < size
                    ? 0
                    : await FillAsync(dataSet, next.AsMemory(0, size), cancellationToken).ConfigureAwait(false);
                PduWriter.WriteData(
                    Transport.Output, contextId, isCommand: false, following == 0, current.AsSpan(0, count));
                await Transport.FlushAsync(Stall, cancellationToken).ConfigureAwait(false);
                if (following == 0)
                {
                    return;
                }

                (current, next, count) = (next, current, following);
            }
        }
        finally
        {
            _sending.Release();
            ArrayPool<byte>.Shared.Return(current);
            ArrayPool<byte>.Shared.Return(next);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _sending.Dispose();

    /// <summary>Bytes of one fragment: even, and inside both limits.</summary>
    private int MaxFragment
    {
        get
        {
            uint ours = upperLayer.Limits.MaxSentPdu;
            uint pdu = peerMaxPdu == 0 ? ours : Math.Min(peerMaxPdu, ours);
            return (int)(pdu - PdvHeader.Size) & ~1;
        }
    }

    private static ValueTask<int> FillAsync(Stream source, Memory<byte> buffer, CancellationToken token) =>
        source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token);

    private void WriteFragments(byte contextId, bool isCommand, bool isLast, ReadOnlySpan<byte> bytes)
    {
        int size = MaxFragment;
        while (bytes.Length > size)
        {
            PduWriter.WriteData(Transport.Output, contextId, isCommand, isLast: false, bytes[..size]);
            bytes = bytes[size..];
        }

        PduWriter.WriteData(Transport.Output, contextId, isCommand, isLast, bytes);
    }

    /// <summary>Moves to the next fragment, in this PDU or a later one.</summary>
    private async ValueTask NextPdvAsync(bool expectCommand, byte? contextId, CancellationToken token)
    {
        while (_pduRemaining == 0)
        {
            PduHeader header = await upperLayer.ReceiveAsync(Transport.Now, Stall, token).ConfigureAwait(false)
                ?? throw PduTransport.CutOff();
            if (header.Type != PduType.DataTransfer)
            {
                // A release inside a message: what came so far must not look whole.
                throw new AssociationException(AbortReason.UnexpectedPdu);
            }

            _pduRemaining = header.Length;
        }

        _pdv = await Transport.ReadPdvHeaderAsync(_pduRemaining, Stall, token).ConfigureAwait(false);
        _pduRemaining -= PdvHeader.Size;
        _pdvRemaining = _pdv.Length;
        if (!contexts.ContainsKey(_pdv.ContextId) || (contextId is { } expected && expected != _pdv.ContextId))
        {
            throw new AssociationException(AbortReason.InvalidPduParameterValue);
        }

        if (_pdv.IsCommand != expectCommand)
        {
            throw new AssociationException(AbortReason.UnexpectedPduParameter);
        }
    }

    private async ValueTask CollectCommandAsync()
    {
        if (_pdv.Length > DimseLimits.MaxCommandLength - _command.WrittenCount)
        {
            throw new AssociationException(AbortReason.InvalidPduParameterValue);
        }

        while (_pdvRemaining > 0)
        {
            var result = await Transport.ReadAsync(Transport.Now, Stall).ConfigureAwait(false);
            ReadOnlySequence<byte> taken = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, _pdvRemaining));
            foreach (ReadOnlyMemory<byte> segment in taken)
            {
                _command.Write(segment.Span);
            }

            uint count = (uint)taken.Length;
            Transport.AdvanceTo(taken.End);
            Consume(count);
            if (result.IsCompleted && _pdvRemaining > 0)
            {
                throw PduTransport.CutOff();
            }
        }
    }

    private void Consume(uint count) =>
        (_pdvRemaining, _pduRemaining) = (_pdvRemaining - count, _pduRemaining - count);

    private ValueTask<bool> SkipBodyAsync(PduHeader header) =>
        Transport.ReadBodyAsync(header, Transport.Now, Stall, static _ => true);
}
