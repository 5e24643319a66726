using System.Buffers.Binary;

namespace RecordHub.Dicom.Pixels;

/// <summary>Decodes a frame of RLE Lossless (PS3.5 Annex G). Pure.</summary>
internal static class RleFrame
{
    private const int HeaderLength = 64;
    private const int MaxSegments = 15;

    /// <summary>Whether the frame is whole and fits.</summary>
    /// <param name="encoded">The fragments of the frame, one after the other.</param>
    /// <param name="layout">How the samples are to lie, in little endian.</param>
    /// <param name="frame">Gets them: as long as a frame of the layout.</param>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, PixelLayout layout, Span<byte> frame)
    {
        int sampleBytes = layout.BitsAllocated / 8;
        int segments = sampleBytes * layout.Samples;
        if (encoded.Length < HeaderLength || segments > MaxSegments
            || BinaryPrimitives.ReadUInt32LittleEndian(encoded) != segments)
        {
            return false;
        }

        int pixels = layout.Rows * layout.Columns;
        for (int segment = 0; segment < segments; segment++)
        {
            uint from = BinaryPrimitives.ReadUInt32LittleEndian(encoded[(4 + (4 * segment))..]);
            uint to = segment + 1 == segments
                ? (uint)encoded.Length
                : BinaryPrimitives.ReadUInt32LittleEndian(encoded[(8 + (4 * segment))..]);
            if (from < HeaderLength || to < from || to > encoded.Length)
            {
                return false;
            }

            // Each has one byte of a sample of all pixels, the most significant one first.
            (int sample, int rank) = (segment / sampleBytes, sampleBytes - 1 - (segment % sampleBytes));
            int start = layout.IsPlanar ? (sample * pixels * sampleBytes) + rank : (sample * sampleBytes) + rank;
            int step = layout.IsPlanar ? sampleBytes : sampleBytes * layout.Samples;
            if (!TryUnpack(encoded[(int)from..(int)to], frame[start..], step, pixels))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryUnpack(ReadOnlySpan<byte> packed, Span<byte> target, int step, int count)
    {
        int done = 0;
        for (int at = 0; done < count && at + 1 < packed.Length;)
        {
            int control = unchecked((sbyte)packed[at++]);
            if (control == sbyte.MinValue)
            {
                continue;
            }

            bool repeats = control < 0;
            int length = Math.Min(Math.Abs(control) + 1, count - done);
            if (!repeats && at + length > packed.Length)
            {
                return false;
            }

            for (int i = 0; i < length; i++)
            {
                target[(done + i) * step] = packed[repeats ? at : at + i];
            }

            done += length;
            at += repeats ? 1 : control + 1;
        }

        return done == count;
    }
}
