using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Server.Web;

namespace RecordHub.Server.DicomWeb;

/// <summary>
/// The bytes of an instance from which frames and bulk data are given: those of its file, or, where it is big endian or deflated,
/// of its data set rewritten into Explicit VR Little Endian while it goes by. Uncompressed bulk data is little endian (PS3.18 §8.7.3.3.1).
/// </summary>
internal sealed class InstanceBytes : IAsyncDisposable
{
    private readonly IBlobStore _blobs;
    private readonly StoredInstance _instance;
    private Stream _stream;
    private long _position;

    private InstanceBytes(IBlobStore blobs, StoredInstance instance, bool isRewritten, Stream stream)
    {
        _blobs = blobs;
        _instance = instance;
        IsRewritten = isRewritten;
        _stream = stream;
    }

    /// <summary>Whether its bytes are no bytes of the file, and can be read forwards only.</summary>
    public bool IsRewritten { get; }

    /// <summary>The file, seekable; of what is rewritten its bytes from the beginning.</summary>
    public Stream Stream => _stream;

    /// <summary>Whether values of what is stored so are to be rewritten first.</summary>
    public static bool MustBeRewritten(string stored) =>
        stored == TransferSyntax.ExplicitBigEndian.Uid.ToString()
        || stored == TransferSyntax.DeflatedExplicitLittleEndian.Uid.ToString();

    public static async Task<InstanceBytes> OpenAsync(
        IBlobStore blobs, StoredInstance instance, bool isRewritten, CancellationToken cancellationToken) =>
        new(blobs, instance, isRewritten, await OpenStreamAsync(blobs, instance, isRewritten, cancellationToken));

    /// <summary>The header, with the places of values in these bytes; null when what is to be rewritten cannot be read to its end.</summary>
    public async Task<DicomHeader?> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        try
        {
            DicomHeader header = await DicomFile.ReadHeaderAsync(_stream, cancellationToken);
            _position = long.MaxValue;
            return header;
        }
        catch (Exception e) when (IsRewritten && e is DicomFormatException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Copies some of the bytes; <paramref name="shift"/> bits of the first are left out when they begin in its midst.</summary>
    public async Task CopyAsync(
        PixelFragment place, int shift, long bits, Stream output, CancellationToken cancellationToken)
    {
        await SeekAsync(place.Offset, cancellationToken);
        if (shift == 0 && bits % 8 == 0)
        {
            await RangeCopy.CopyAsync(_stream, place.Length, output, cancellationToken);
        }
        else
        {
            await BitCopy.CopyAsync(_stream, place.Length, shift, bits, output, cancellationToken);
        }

        _position = place.Offset + place.Length;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task SeekAsync(long offset, CancellationToken cancellationToken)
    {
        if (!IsRewritten)
        {
            _stream.Position = offset;
            return;
        }

        if (offset < _position)
        {
            await _stream.DisposeAsync();
            _stream = await OpenStreamAsync(_blobs, _instance, IsRewritten, cancellationToken);
            _position = 0;
        }

        await RangeCopy.CopyAsync(_stream, offset - _position, System.IO.Stream.Null, cancellationToken);
    }

    private static async Task<Stream> OpenStreamAsync(
        IBlobStore blobs, StoredInstance instance, bool isRewritten, CancellationToken cancellationToken) => isRewritten
        ? await NativeConversionStream.OpenAsync(
            await blobs.OpenAsync(instance.Blob, instance.Facts.DataSetOffset, cancellationToken),
            TransferSyntax.Of(Uid.Parse(instance.Facts.TransferSyntaxUid)), toExplicit: true, cancellationToken)
        : await blobs.OpenAsync(instance.Blob, 0, cancellationToken);
}
