using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Pixels;

/// <summary>What black is in an image.</summary>
internal static class BlackPixel
{
    /// <summary>For each plane the bytes, in little endian, that are repeated from pixel to pixel.</summary>
    public static byte[][] Of(PixelLayout layout, DicomDataSet image)
    {
        long middle = 1L << (layout.BitsStored - 1);
        long[] samples = layout.Photometric switch
        {
            "MONOCHROME1" => [layout.IsSigned ? middle - 1 : (2 * middle) - 1],
            "MONOCHROME2" => [layout.IsSigned && layout.BitsAllocated > 1 ? -middle : 0],
            "PALETTE COLOR" => [DarkestEntry(image)],
            "RGB" => [0, 0, 0],
            "YBR_FULL" => [0, middle, middle],
            _ => [0, 0, middle, middle],
        };
        byte[][] encoded = [.. samples.Select(sample => Encode(sample, layout))];
        return layout.IsPlanar ? encoded : [[.. encoded.SelectMany(bytes => bytes)]];
    }

    private static byte[] Encode(long sample, PixelLayout layout)
    {
        if (layout.BitsAllocated == 1)
        {
            return [sample == 0 ? (byte)0 : byte.MaxValue];
        }

        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, sample << (layout.HighBit + 1 - layout.BitsStored));
        return bytes[..(layout.BitsAllocated / 8)];
    }

    // PS3.3 §C.7.6.3.1.5 and .6; of segmented or missing tables the first entry, black or not: one colour hides a text too.
    private static long DarkestEntry(DicomDataSet image)
    {
        int[] descriptor = [.. image.GetDoubles(DicomTags.RedPaletteColorLookupTableDescriptor).Select(number => (int)number)];
        ReadOnlySpan<byte> red = image.GetBytes(DicomTags.RedPaletteColorLookupTableData).Span;
        ReadOnlySpan<byte> green = image.GetBytes(DicomTags.GreenPaletteColorLookupTableData).Span;
        ReadOnlySpan<byte> blue = image.GetBytes(DicomTags.BluePaletteColorLookupTableData).Span;
        if (descriptor.Length < 3)
        {
            return 0;
        }

        int count = descriptor[0] == 0 ? 65536 : descriptor[0];
        int size = red.Length >= 2 * count ? 2 : 1;
        int darkest = 0;
        int least = int.MaxValue;
        for (int i = 0; i < count && (i + 1) * size <= Math.Min(red.Length, Math.Min(green.Length, blue.Length)); i++)
        {
            int sum = Entry(red, i, size) + Entry(green, i, size) + Entry(blue, i, size);
            (darkest, least) = sum < least ? (i, sum) : (darkest, least);
        }

        return descriptor[1] + darkest;
    }

    private static int Entry(ReadOnlySpan<byte> table, int index, int size) =>
        size == 1 ? table[index] : BinaryPrimitives.ReadUInt16LittleEndian(table[(2 * index)..]);
}
