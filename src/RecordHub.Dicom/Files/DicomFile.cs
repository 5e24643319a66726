using System.Buffers;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <summary>Reading of whole inputs: files (PS3.10) and bare data sets.</summary>
public static class DicomFile
{
    private const int BufferLength = 64 * 1024;

    // Seeking over less than this costs more than reading it.
    private const int MinSeek = 32 * 1024;

    /// <summary>Reads without copying: the header's values are slices of <paramref name="file"/>.</summary>
    /// <exception cref="DicomFormatException">The input is no DICOM.</exception>
    public static DicomHeader ReadHeader(
        ReadOnlyMemory<byte> file, TransferSyntax? dataSetSyntax = null, DicomReadOptions? options = null)
    {
        using DicomHeaderReader reader = new(dataSetSyntax, options, file);
        reader.Write(file.Span);
        return reader.Complete();
    }

    /// <summary>Reads from the stream's position; pixel data is passed over by seeking where that is possible.</summary>
    /// <exception cref="DicomFormatException">The input is no DICOM.</exception>
    public static async Task<DicomHeader> ReadHeaderAsync(
        Stream stream, CancellationToken cancellationToken, DicomReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using DicomHeaderReader reader = new(dataSetSyntax: null, options);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                reader.Write(buffer.AsSpan(0, count));
                long ahead = stream.CanSeek ? Math.Min(reader.Skippable, stream.Length - stream.Position) : 0;
                if (ahead >= MinSeek)
                {
                    stream.Seek(ahead, SeekOrigin.Current);
                    reader.Skip(ahead);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return reader.Complete();
    }
}
