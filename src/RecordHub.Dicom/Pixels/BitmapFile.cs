using System.Buffers.Binary;

namespace RecordHub.Dicom.Pixels;

/// <summary>Writes shades of gray as a Windows bitmap of 8 bits, which needs no encoder and every browser shows.</summary>
internal static class BitmapFile
{
    private const int HeaderLength = 54;
    private const int Shades = 256;

    internal static byte[] Write(ReadOnlySpan<byte> shades, int width, int height)
    {
        int line = (width + 3) / 4 * 4;
        int pixels = HeaderLength + (Shades * 4);
        byte[] file = new byte[pixels + (line * height)];
        Span<byte> header = file;
        header[0] = (byte)'B';
        header[1] = (byte)'M';
        BinaryPrimitives.WriteInt32LittleEndian(header[2..], file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[10..], pixels);
        BinaryPrimitives.WriteInt32LittleEndian(header[14..], 40);
        BinaryPrimitives.WriteInt32LittleEndian(header[18..], width);
        BinaryPrimitives.WriteInt32LittleEndian(header[22..], -height); // from the top
        BinaryPrimitives.WriteInt16LittleEndian(header[26..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[28..], 8);
        BinaryPrimitives.WriteInt32LittleEndian(header[46..], Shades);
        for (int shade = 0; shade < Shades; shade++)
        {
            file.AsSpan(HeaderLength + (shade * 4), 3).Fill((byte)shade);
        }

        for (int row = 0; row < height; row++)
        {
            shades.Slice(row * width, width).CopyTo(file.AsSpan(pixels + (row * line)));
        }

        return file;
    }
}
