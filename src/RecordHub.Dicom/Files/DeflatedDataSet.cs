using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;

namespace RecordHub.Dicom.Files;

/// <summary>A data set of a deflated transfer syntax, inflated while it is read (PS3.5 §A.5).</summary>
internal static class DeflatedDataSet
{
    private static readonly EncodingGuess s_inside = new(true, DataSet.ByteOrder.LittleEndian);

    /// <summary>Opens it. One that is not deflated at all, or wrapped as zlib does, is read as the reader of headers reads it.</summary>
    /// <param name="source">The deflated bytes; owned by what is returned.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<Stream> OpenAsync(Stream source, CancellationToken cancellationToken)
    {
        PipeReader reader = PipeReader.Create(source);
        ReadResult read = await reader.ReadAtLeastAsync(EncodingGuess.Length, cancellationToken).ConfigureAwait(false);
        byte[] first = read.Buffer.Slice(0, Math.Min(EncodingGuess.Length, read.Buffer.Length)).ToArray();
        reader.AdvanceTo(read.Buffer.Start);
        Stream whole = reader.AsStream();
        return first.Length == EncodingGuess.Length && s_inside.Fits(first) ? whole
            : HasZlibHeader(first) ? new ZLibStream(whole, CompressionMode.Decompress)
            : new DeflateStream(whole, CompressionMode.Decompress);
    }

    /// <summary>Whether the bytes begin with a header that the standard forbids and senders write (RFC 1950 §2.2).</summary>
    public static bool HasZlibHeader(ReadOnlySpan<byte> first) =>
        first.Length >= 2 && (first[0] & 0x0F) == 8 && ((first[0] << 8) | first[1]) % 31 == 0;
}
