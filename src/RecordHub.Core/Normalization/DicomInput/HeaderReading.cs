using System.Buffers;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Normalization.DicomInput;

/// <summary>Reads a header from a seekable stream, passing over pixels.</summary>
internal static class HeaderReading
{
    private const int BufferLength = 64 * 1024;
    private const int MinSeek = 32 * 1024;

    /// <exception cref="DicomFormatException">The input is no DICOM.</exception>
    public static DicomHeader Read(Stream content, DicomReadOptions? options)
    {
        using DicomHeaderReader reader = new(dataSetSyntax: null, options);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            int count;
            while (!reader.IsDone && (count = content.Read(buffer)) > 0)
            {
                reader.Write(buffer.AsSpan(0, count));
                long ahead = content.CanSeek ? Math.Min(reader.Skippable, content.Length - content.Position) : 0;
                if (ahead >= MinSeek)
                {
                    content.Seek(ahead, SeekOrigin.Current);
                    reader.Skip(ahead);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        return reader.Complete();
    }
}
