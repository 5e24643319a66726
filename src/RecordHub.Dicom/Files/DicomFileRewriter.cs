using System.Buffers;
using System.IO.Compression;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Dicom.Files;

/// <summary>
/// Writes a changed data set as a file in the encoding in which it came; pixel data and other long values are copied
/// from the input, so that memory does not grow with them.
/// </summary>
public static class DicomFileRewriter
{
    /// <summary>The encoding of the output: that of the input, unless compressed pixels are written natively.</summary>
    public static TransferSyntax SyntaxOf(DicomHeader header, PixelBlanker? pixels)
    {
        ArgumentNullException.ThrowIfNull(header);
        return pixels is not null && header.TransferSyntax.IsEncapsulated
            ? TransferSyntax.ExplicitLittleEndian
            : header.TransferSyntax;
    }

    /// <summary>Writes preamble, new file meta information and the data set.</summary>
    /// <param name="header">What was read of the input.</param>
    /// <param name="dataSet">The changed data set; values that were not kept still have their place in the input.</param>
    /// <param name="input">The input: a seekable stream of which the first byte is at position 0.</param>
    /// <param name="output">Where the file goes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="pixels">Blanks pixels; null: they are copied as they are.</param>
    /// <exception cref="EndOfStreamException">The input has changed since its header was read.</exception>
    /// <exception cref="InvalidDataException">Compressed pixels that are to be blanked cannot be decoded.</exception>
    public static async Task WriteAsync(
        DicomHeader header, DicomDataSet dataSet, Stream input, Stream output, CancellationToken cancellationToken,
        PixelBlanker? pixels = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(dataSet);
        ArgumentNullException.ThrowIfNull(output);
        TransferSyntax syntax = SyntaxOf(header, pixels);
        ArrayBufferWriter<byte> meta = new(512);
        FileMetaWriter.Write(
            meta, dataSet.GetUid(DicomTags.SOPClassUID), dataSet.GetUid(DicomTags.SOPInstanceUID), syntax.Uid);
        await output.WriteAsync(meta.WrittenMemory, cancellationToken);
        if (!syntax.IsDeflated)
        {
            await WriteDataSetAsync(header, dataSet, input, output, pixels, cancellationToken);
            return;
        }

        CountingStream counted = new(output);
        await using (DeflateStream deflate = new(counted, CompressionLevel.Optimal, leaveOpen: true))
        {
            await WriteDataSetAsync(header, dataSet, input, deflate, pixels, cancellationToken);
        }

        if (counted.Written % 2 != 0)
        {
            await output.WriteAsync(new byte[1], cancellationToken);
        }
    }

    private static async Task WriteDataSetAsync(
        DicomHeader header, DicomDataSet dataSet, Stream input, Stream output, PixelBlanker? pixels,
        CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> buffer = new(16 * 1024);
        List<Copy> copies = [];
        new DataSetWriter(buffer, SyntaxOf(header, pixels), (element, writer) =>
        {
            // Fragments are copied with their items and delimiter unless they are decoded, other values without anything.
            bool isPixels = element.ValueOffset == header.PixelData?.Offset;
            bool encapsulated = element.Place is { IsEncapsulated: true };
            PixelLayout? decoded = encapsulated && isPixels ? pixels?.Layout : null;
            bool fragments = encapsulated && decoded is null;
            long length = decoded?.Length ?? element.ValueLength;
            bool odd = !fragments && (length & 1) != 0;
            writer.Header(
                element.Tag, decoded is { BitsAllocated: > 8 } ? DicomVr.OW : element.Vr,
                fragments ? ElementWriter.UndefinedLength : checked((uint)(length + (odd ? 1 : 0))));
            copies.Add(new Copy(buffer.WrittenCount, element.ValueOffset, element.ValueLength, isPixels));
            if (odd)
            {
                writer.Padding(element.Vr);
            }
        }).Write(dataSet);

        await using DicomValueSource source = new(input, header);
        int written = 0;
        foreach (Copy copy in copies)
        {
            await output.WriteAsync(buffer.WrittenMemory[written..copy.At], cancellationToken);
            PixelBlanker? blanker = copy.IsPixels ? pixels : null;
            await (blanker is not null && header.PixelData is { IsEncapsulated: true } fragments
                ? RlePixels.CopyAsync(fragments, blanker, input, output, cancellationToken)
                : source.CopyAsync(copy.Offset, copy.Length, output, cancellationToken, blanker));
            written = copy.At;
        }

        await output.WriteAsync(buffer.WrittenMemory[written..], cancellationToken);
    }

    private readonly record struct Copy(int At, long Offset, long Length, bool IsPixels);

    private sealed class CountingStream(Stream target) : Stream
    {
        public long Written { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => Written;
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            target.Write(buffer, offset, count);
            Written += count;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await target.WriteAsync(buffer, cancellationToken);
            Written += buffer.Length;
        }

        public override void Flush() => target.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
