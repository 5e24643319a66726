using System.Buffers;
using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Resources;

/// <summary>
/// Gives a stored instance away as a Part 10 file in another uncompressed transfer syntax, rewritten while it goes by: memory
/// does not grow with it. What is stored is not touched.
/// </summary>
public sealed class ConvertedInstance
{
    private const int Chunk = 128 * 1024;

    private readonly IBlobStore _blobs;
    private readonly StoredInstance _instance;
    private readonly bool _toExplicit;
    private readonly ReadOnlyMemory<byte> _meta;

    private ConvertedInstance(IBlobStore blobs, StoredInstance instance, Uid syntax)
    {
        _blobs = blobs;
        _instance = instance;
        _toExplicit = syntax == TransferSyntax.ExplicitLittleEndian.Uid;
        ArrayBufferWriter<byte> meta = new(512);
        FileMetaWriter.Write(
            meta, Uid.Parse(instance.Facts.SopClassUid), Uid.Parse(instance.Facts.SopInstanceUid), syntax);
        _meta = meta.WrittenMemory;
    }

    /// <summary>The length of the file that is written.</summary>
    public long Length { get; private set; }

    /// <summary>
    /// Converts once to nowhere, as what has been begun cannot be taken back. Null when the data set cannot be read to its end:
    /// it can then be had as it is stored only.
    /// </summary>
    /// <param name="blobs">Where its bytes are.</param>
    /// <param name="instance">An instance stored in an uncompressed transfer syntax.</param>
    /// <param name="syntax">Explicit or Implicit VR Little Endian.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ConvertedInstance?> TryAsync(
        IBlobStore blobs, StoredInstance instance, Uid syntax, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        ArgumentNullException.ThrowIfNull(instance);
        ConvertedInstance converted = new(blobs, instance, syntax);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            await using Stream trial = await converted.OpenAsync(cancellationToken);
            converted.Length = converted._meta.Length;
            for (int read; (read = await trial.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                converted.Length += read;
            }

            return converted;
        }
        catch (Exception e) when (e is DicomFormatException or InvalidDataException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes the file.</summary>
    public async Task WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        await using Stream dataSet = await OpenAsync(cancellationToken);
        await output.WriteAsync(_meta, cancellationToken);
        await dataSet.CopyToAsync(output, Chunk, cancellationToken);
    }

    private async ValueTask<NativeConversionStream> OpenAsync(CancellationToken cancellationToken) =>
        await NativeConversionStream.OpenAsync(
            await _blobs.OpenAsync(_instance.Blob, _instance.Facts.DataSetOffset, cancellationToken),
            TransferSyntax.Of(Uid.Parse(_instance.Facts.TransferSyntaxUid)), _toExplicit, cancellationToken);
}
