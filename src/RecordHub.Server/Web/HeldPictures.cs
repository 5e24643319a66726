using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Server.Web;

/// <summary>A small picture of a held image; few are made at once, so that looking through the inbox leaves room for the rest.</summary>
internal sealed class HeldPictures(IBlobStore blobs) : IDisposable
{
    private const int AtOnce = 2;

    private readonly SemaphoreSlim _room = new(AtOnce, AtOnce);

    /// <summary>The picture, or why there is none.</summary>
    public async Task<Thumbnail> OfAsync(HeldRecord record, CancellationToken cancellationToken)
    {
        if (record.Item.Kind != ContentKind.DicomInstance)
        {
            return new Thumbnail.None("not an image");
        }

        await _room.WaitAsync(cancellationToken);
        try
        {
            await using Stream file = await blobs.OpenAsync(record.Item.Blob, 0, cancellationToken);
            DicomHeader header = await DicomFile.ReadHeaderAsync(file, cancellationToken);
            return await Thumbnails.MakeAsync(file, header, cancellationToken);
        }
        catch (Exception damaged) when (damaged is DicomFormatException or EndOfStreamException)
        {
            return new Thumbnail.None("damaged");
        }
        finally
        {
            _room.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _room.Dispose();
}
