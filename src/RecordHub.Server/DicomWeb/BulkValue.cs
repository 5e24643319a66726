using System.Globalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Server.Web;

namespace RecordHub.Server.DicomWeb;

/// <summary>A value that is given as bulk data.</summary>
/// <param name="Loaded">The value, where the header has it.</param>
/// <param name="Place">Where it is otherwise.</param>
/// <param name="Type">Its media type.</param>
internal sealed record BulkValue(ReadOnlyMemory<byte>? Loaded, PixelFragment Place, string Type)
{
    private const string Octets = "application/octet-stream";

    private static readonly DicomTag s_document = new(0x0042, 0x0011);
    private static readonly DicomTag s_documentType = new(0x0042, 0x0012);

    public long Length => Loaded?.Length ?? Place.Length;

    /// <summary>The value at a path of MetadataLinks: tags and item numbers, TAG/ITEM/TAG, items from 1; null when there is none.</summary>
    public static BulkValue? Find(DicomHeader header, string path)
    {
        string[] steps = path.Split('/');
        DicomDataSet dataSet = header.DataSet;
        for (int i = 0; i + 2 < steps.Length; i += 2)
        {
            if (!DicomTag.TryParse(steps[i], out DicomTag sequence)
                || !int.TryParse(steps[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int item)
                || dataSet.GetSequence(sequence) is not { } items || item < 1 || item > items.Count)
            {
                return null;
            }

            dataSet = items[item - 1];
        }

        if (steps.Length % 2 == 0 || !DicomTag.TryParse(steps[^1], out DicomTag tag))
        {
            return null;
        }

        if (steps.Length == 1 && header.PixelData is { } pixels && pixels.Tag == tag)
        {
            return header.TransferSyntax.IsDeflated
                ? null
                : new BulkValue(null, new PixelFragment(pixels.Offset, pixels.Length), Octets);
        }

        return dataSet.TryGet(tag, out DicomElement element) ? Of(header, dataSet, element) : null;
    }

    public async Task CopyAsync(InstanceBytes bytes, Stream output, CancellationToken cancellationToken)
    {
        if (Loaded is { } loaded)
        {
            await output.WriteAsync(loaded, cancellationToken);
            return;
        }

        await bytes.CopyAsync(Place, 0, Place.Length * 8, output, cancellationToken);
    }

    /// <summary>The value as a stream of which ranges can be had; null when it cannot be.</summary>
    public Stream? SeekableOf(InstanceBytes bytes) =>
        Loaded is { } loaded ? new MemoryStream(loaded.ToArray(), writable: false)
        : bytes.IsRewritten ? null
        : new BlobRange(bytes.Stream, Place.Offset, Place.Length);

    private static BulkValue? Of(DicomHeader header, DicomDataSet dataSet, DicomElement element)
    {
        if (element.IsEncapsulated)
        {
            return new BulkValue(FrameOf(element), default, Octets);
        }

        string type = element.Tag == s_document && dataSet.GetString(s_documentType) is { } declared
            && Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(declared, out _)
            ? declared
            : Octets;
        if (element.IsLoaded)
        {
            return new BulkValue(element.Value, default, type);
        }

        return header.TransferSyntax.IsDeflated
            ? null
            : new BulkValue(null, new PixelFragment(element.ValueOffset, element.ValueLength), type);
    }

    // An icon's one frame: its fragments behind the offset table.
    private static byte[] FrameOf(DicomElement icon)
    {
        using MemoryStream frame = new();
        foreach (ReadOnlyMemory<byte> fragment in icon.Fragments.Skip(1))
        {
            frame.Write(fragment.Span);
        }

        return frame.ToArray();
    }
}
