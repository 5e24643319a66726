using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Pixels;

/// <summary>
/// Makes a small picture of the first frame: of native and RLE samples the nearest of every few, of baseline JPEG the frame as
/// it is. Only the lines that are shown are read; what would be large to decode is not.
/// </summary>
public static class Thumbnails
{
    private const int Edge = 128;
    private const long MaxEncoded = 8 * 1024 * 1024;
    private const long MaxDecoded = 64 * 1024 * 1024;
    private const int MaxSide = 8192;
    private const string JpegBaseline = "1.2.840.10008.1.2.4.50";
    private const string RleLossless = "1.2.840.10008.1.2.5";

    /// <summary>The picture, or why there is none.</summary>
    /// <param name="file">The Part 10 file; seekable.</param>
    /// <param name="header">Its header.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Thumbnail> MakeAsync(Stream file, DicomHeader header, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(header);
        if (header.PixelData is not { } pixels || header.TransferSyntax.IsDeflated)
        {
            return new Thumbnail.None("no pixels that can be shown");
        }

        if (PixelLayout.Of(header.DataSet) is not { } layout || pixels.Tag != DicomTags.PixelData
            || FramePlaces.Find(pixels, layout.Frames, 1) is not { } places)
        {
            return new Thumbnail.None("pixels of a kind that cannot be shown");
        }

        string syntax = header.TransferSyntax.Uid.ToString();
        if (syntax == JpegBaseline)
        {
            bool fits = layout.Rows <= MaxSide && layout.Columns <= MaxSide && places.Sum(place => place.Length) <= MaxEncoded;
            return fits
                ? new Thumbnail.Picture(await ReadAsync(file, places, cancellationToken), "image/jpeg")
                : new Thumbnail.None("too large to be shown small");
        }

        if (layout.BitsAllocated is not (8 or 16) || layout.IsPlanar || layout.IsSubsampled || layout.Photometric == "PALETTE COLOR")
        {
            return new Thumbnail.None("pixels of a kind that cannot be shown");
        }

        if (!pixels.IsEncapsulated)
        {
            bool isBigEndian = header.TransferSyntax.ByteOrder == ByteOrder.BigEndian;
            return await ShadeAsync(file, places[0].Offset, places[0].Length, layout, header, isBigEndian, cancellationToken);
        }

        return syntax == RleLossless
            ? await UnpackAsync(file, places, layout, header, cancellationToken)
            : new Thumbnail.None("compressed in a way that is not decoded here");
    }

    private static async Task<Thumbnail> UnpackAsync(
        Stream file, IReadOnlyList<PixelFragment> places, PixelLayout layout, DicomHeader header,
        CancellationToken cancellationToken)
    {
        long length = layout.LineBits / 8 * layout.Rows;
        if (length > MaxDecoded || places.Sum(place => place.Length) > MaxDecoded)
        {
            return new Thumbnail.None("too large to be shown small");
        }

        byte[] frame = new byte[length];
        if (!RleFrame.TryDecode(await ReadAsync(file, places, cancellationToken), layout, frame))
        {
            return new Thumbnail.None("damaged");
        }

        using MemoryStream decoded = new(frame);
        return await ShadeAsync(decoded, 0, length, layout, header, isBigEndian: false, cancellationToken);
    }

    private static async Task<Thumbnail> ShadeAsync(
        Stream samples, long start, long length, PixelLayout layout, DicomHeader header, bool isBigEndian,
        CancellationToken cancellationToken)
    {
        long lineBytes = layout.LineBits / 8;
        if (lineBytes * layout.Rows > length)
        {
            return new Thumbnail.None("cut off");
        }

        double scale = Math.Max(1, Math.Max(layout.Rows, layout.Columns) / (double)Edge);
        int width = Math.Max(1, (int)(layout.Columns / scale));
        int height = Math.Max(1, (int)(layout.Rows / scale));
        double[] stored = new double[width * height];
        byte[] line = new byte[lineBytes];
        for (int row = 0; row < height; row++)
        {
            samples.Position = start + ((long)row * layout.Rows / height * lineBytes);
            if (await samples.ReadAtLeastAsync(line, line.Length, throwOnEndOfStream: false, cancellationToken) < line.Length)
            {
                return new Thumbnail.None("cut off");
            }

            for (int column = 0; column < width; column++)
            {
                stored[(row * width) + column] = Level(line, (int)((long)column * layout.Columns / width), layout, isBigEndian);
            }
        }

        bool isMonochrome = layout.Samples == 1;
        byte[] shades = GrayScale.Shade(stored, header.DataSet, isMonochrome, layout.Photometric == "MONOCHROME1");
        return new Thumbnail.Picture(BitmapFile.Write(shades, width, height), "image/bmp");
    }

    // Of RGB how bright it is (ITU-R BT.601), of YBR_FULL the luminance that it has.
    private static double Level(ReadOnlySpan<byte> line, int column, PixelLayout layout, bool isBigEndian)
    {
        int bytes = layout.BitsAllocated / 8;
        int at = column * layout.Samples * bytes;
        if (layout.Photometric != "RGB")
        {
            double level = Sample(line[at..], layout, isBigEndian);
            return layout.Samples == 1 || bytes == 1 ? level : level / 256;
        }

        double brightness = (0.299 * Sample(line[at..], layout, isBigEndian)) + (0.587 * Sample(line[(at + bytes)..], layout, isBigEndian))
            + (0.114 * Sample(line[(at + (2 * bytes))..], layout, isBigEndian));
        return bytes == 1 ? brightness : brightness / 256;
    }

    private static int Sample(ReadOnlySpan<byte> bytes, PixelLayout layout, bool isBigEndian)
    {
        int word = layout.BitsAllocated == 8 ? bytes[0]
            : isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        int value = (word >> (layout.HighBit + 1 - layout.BitsStored)) & ((1 << layout.BitsStored) - 1);
        return layout.IsSigned && (value & (1 << (layout.BitsStored - 1))) != 0 ? value - (1 << layout.BitsStored) : value;
    }

    private static async Task<byte[]> ReadAsync(
        Stream file, IReadOnlyList<PixelFragment> places, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[places.Sum(place => place.Length)];
        int at = 0;
        foreach (PixelFragment place in places)
        {
            file.Position = place.Offset;
            await file.ReadExactlyAsync(bytes.AsMemory(at, (int)place.Length), cancellationToken);
            at += (int)place.Length;
        }

        return bytes;
    }
}
