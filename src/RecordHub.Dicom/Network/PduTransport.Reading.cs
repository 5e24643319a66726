using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace RecordHub.Dicom.Network;

/// <content>Reading headers and bodies.</content>
internal sealed partial class PduTransport
{
    /// <summary>Reads a PDU header; null when the bytes end before one.</summary>
    /// <exception cref="AssociationException">Not a PDU, or the bytes end inside the header.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PduHeader?> ReadHeaderAsync(long since, TimeSpan timeout, CancellationToken token = default)
    {
        while (true)
        {
            ReadResult result = await ReadAsync(since, timeout, token).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            SequencePosition examined = buffer.End;
            try
            {
                if (PduReader.TryReadHeader(ref buffer, out PduHeader header))
                {
                    examined = buffer.Start;
                    return header;
                }

                if (result.IsCompleted)
                {
                    return buffer.IsEmpty ? null : throw CutOff();
                }
            }
            finally
            {
                _input.AdvanceTo(buffer.Start, examined);
            }
        }
    }

    /// <summary>Reads the head of a presentation data value.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PdvHeader> ReadPdvHeaderAsync(uint pduRemaining, TimeSpan timeout, CancellationToken token)
    {
        long since = Now;
        while (true)
        {
            ReadResult result = await ReadAsync(since, timeout, token).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            SequencePosition examined = buffer.End;
            try
            {
                if (PduReader.TryReadPdvHeader(ref buffer, pduRemaining, out PdvHeader pdv))
                {
                    examined = buffer.Start;
                    return pdv;
                }

                if (result.IsCompleted)
                {
                    throw CutOff();
                }
            }
            finally
            {
                _input.AdvanceTo(buffer.Start, examined);
            }
        }
    }

    /// <summary>Reads a whole body, whose length was checked, and hands it to <paramref name="parse"/>.</summary>
    public async ValueTask<T> ReadBodyAsync<T>(
        PduHeader header, long since, TimeSpan timeout, Func<ReadOnlySequence<byte>, T> parse)
    {
        while (true)
        {
            ReadResult result = await ReadAsync(since, timeout).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            SequencePosition examined = buffer.End;
            try
            {
                if (PduReader.TryReadBody(ref buffer, header, out ReadOnlySequence<byte> body))
                {
                    examined = buffer.Start;
                    return parse(body);
                }

                if (result.IsCompleted)
                {
                    throw CutOff();
                }
            }
            finally
            {
                _input.AdvanceTo(buffer.Start, examined);
            }
        }
    }

    /// <summary>Reads and forgets a body that nobody wants.</summary>
    /// <param name="length">Its length.</param>
    /// <param name="since">From when <paramref name="timeout"/> counts; null: from each read on.</param>
    /// <param name="timeout">How long to wait for bytes.</param>
    public async ValueTask SkipAsync(uint length, long? since, TimeSpan timeout)
    {
        long remaining = length;
        while (remaining > 0)
        {
            ReadResult result = await ReadAsync(since ?? Now, timeout).ConfigureAwait(false);
            ReadOnlySequence<byte> taken = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, remaining));
            remaining -= taken.Length;
            _input.AdvanceTo(taken.End);
            if (result.IsCompleted && remaining > 0)
            {
                throw CutOff();
            }
        }
    }
}
