using System.Buffers;
using System.IO.Compression;

namespace RecordHub.Storage.Sql;

/// <summary>
/// Headers in DICOM JSON are kept compressed: there is one for every instance. The quality is that which takes half the time
/// of the next ones, for an eighth more bytes.
/// </summary>
internal static class StoredMetadata
{
    private const int Quality = 1;
    private const int Window = 20;

    internal static byte[] Compress(ReadOnlySpan<byte> json)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(json.Length));
        try
        {
            return BrotliEncoder.TryCompress(json, rented, out int written, Quality, Window)
                ? rented.AsSpan(0, written).ToArray()
                : throw new InvalidOperationException("The metadata could not be compressed.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    internal static byte[] Decompress(ReadOnlySpan<byte> compressed, int length)
    {
        byte[] json = new byte[length];
        return BrotliDecoder.TryDecompress(compressed, json, out int written) && written == length
            ? json
            : throw new InvalidDataException("A metadata column is damaged.");
    }
}
