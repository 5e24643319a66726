using System.Buffers.Binary;
using System.Globalization;

namespace RecordHub.Core.Intake;

/// <summary>
/// Pictures, by their first bytes. One in JPEG, PNG or TIFF is a scanned or photographed page; one that is no larger than an
/// icon is none, and one whose size is not told is taken.
/// </summary>
internal static class PictureSignature
{
    // The largest that an icon has; a page in the poorest resolution that can be read has several times as many.
    private const long MostOfAnIcon = 256 * 256;

    internal static SniffedContent? Recognise(ReadOnlySpan<byte> head)
    {
        (ContentKind Kind, string Name, (long Width, long Height)? Size)? found = head switch
        {
            [0xFF, 0xD8, 0xFF, ..] => (ContentKind.Jpeg, "JPEG image", OfJpeg(head)),
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => (ContentKind.Png, "PNG image", OfPng(head)),
            [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => (ContentKind.Tiff, "TIFF image", null),
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => (ContentKind.NotRead, "GIF image", OfGif(head)),
            [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => (ContentKind.NotRead, "BMP image", OfBmp(head)),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] =>
                (ContentKind.NotRead, "WebP image", null),
            [0, 0, 0, 12, (byte)'j', (byte)'P', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => (ContentKind.NotRead, "JPEG 2000 image", null),
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h' or (byte)'m', (byte)'e' or (byte)'i', (byte)'i' or (byte)'v' or (byte)'f', ..] =>
                (ContentKind.NotRead, "HEIC photograph", null),
            _ => null,
        };
        if (found is not { } picture)
        {
            return null;
        }

        return picture.Size is { } size && size.Width * size.Height <= MostOfAnIcon
            ? new SniffedContent(ContentKind.NotARecord, string.Create(
                CultureInfo.InvariantCulture,
                $"{picture.Name} of {size.Width} by {size.Height} pixels: an icon or a logo, too small for a page"))
            : picture.Kind == ContentKind.NotRead
                ? new SniffedContent(ContentKind.NotRead, picture.Name + " is not read; save it as PDF, JPEG or PNG and send that")
                : new SniffedContent(picture.Kind, picture.Name);
    }

    // IHDR is the first chunk (PNG 3rd edition §11.2.1).
    private static (long, long)? OfPng(ReadOnlySpan<byte> head) => head.Length < 24 ? null
        : (BinaryPrimitives.ReadUInt32BigEndian(head[16..]), BinaryPrimitives.ReadUInt32BigEndian(head[20..]));

    private static (long, long)? OfGif(ReadOnlySpan<byte> head) => head.Length < 10 ? null
        : (BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..]));

    // A negative height is that of a picture from top to bottom.
    private static (long, long)? OfBmp(ReadOnlySpan<byte> head) => head.Length < 26 ? null
        : (Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(head[18..])),
            Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(head[22..])));

    // The frame header, past the segments before it (ITU-T T.81 §B.2.2); a thumbnail inside one of them is not looked at.
    private static (long, long)? OfJpeg(ReadOnlySpan<byte> head)
    {
        int at = 2;
        while (at + 9 <= head.Length && head[at] == 0xFF)
        {
            int marker = head[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(head[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(head[(at + 5)..]));
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(head[(at + 2)..]);
            if (marker is 0xD9 or 0xDA || length < 2)
            {
                return null;
            }

            at += 2 + length;
        }

        return null;
    }
}
