namespace RecordHub.Dicom.Pixels;

/// <summary>Makes pixels of native pixel data black while its bytes go by, in pieces of any size.</summary>
public sealed class PixelBlanker
{
    private readonly PixelLayout _layout;
    private readonly RegionMask _mask;
    private readonly byte[][] _black;
    private readonly int _swap;

    /// <param name="layout">How the samples lie.</param>
    /// <param name="mask">What becomes black.</param>
    /// <param name="black">For each plane the bytes of black.</param>
    /// <param name="swapped">Whether the bytes of each 16-bit word are the other way round: OW in big endian.</param>
    internal PixelBlanker(PixelLayout layout, RegionMask mask, byte[][] black, bool swapped)
    {
        _layout = layout;
        _mask = mask;
        _black = black;
        _swap = swapped ? 1 : 0;
    }

    /// <summary>Pixels of all frames that become black.</summary>
    public long Pixels => _mask.Pixels * _layout.Frames;

    internal PixelLayout Layout => _layout;

    /// <param name="bytes">Bytes of the value, as they are written.</param>
    /// <param name="position">Of the first of them in the value.</param>
    internal void Apply(Span<byte> bytes, long position)
    {
        // Whole words: of a swapped one the other byte may be in the piece.
        long end = (position + bytes.Length + 1) & ~1L;
        for (long line = (position & ~1L) * 8 / _layout.LineBits; line < _layout.Lines && line * _layout.LineBits < end * 8; line++)
        {
            long start = line * _layout.LineBits;
            byte[] black = _black[line / _layout.Rows % _layout.Planes];
            foreach (ColumnSpan span in _mask.SpansOf((int)(line % _layout.Rows)))
            {
                Fill(bytes, position, start + ((long)span.From * _layout.PixelBits), start + ((long)span.To * _layout.PixelBits), black);
            }
        }
    }

    private void Fill(Span<byte> bytes, long position, long fromBit, long toBit, byte[] black)
    {
        long first = fromBit / 8;
        long end = (toBit + 7) / 8;
        long from = Math.Max(position, first & ~(long)_swap);
        long to = Math.Min(position + bytes.Length, (end + _swap) & ~(long)_swap);
        if (to > from && _swap == 0 && ((fromBit | toBit) & 7) == 0 && !black.AsSpan().ContainsAnyExcept(black[0]))
        {
            bytes[(int)(from - position)..(int)(to - position)].Fill(black[0]);
            return;
        }

        for (long written = from; written < to; written++)
        {
            long at = written ^ _swap;
            if (at < first || at >= end)
            {
                continue;
            }

            int mask = byte.MaxValue;
            mask &= at == first ? byte.MaxValue << (int)(fromBit & 7) : mask;
            mask &= at == end - 1 ? byte.MaxValue >> (int)((8 - (toBit & 7)) & 7) : mask;
            ref byte target = ref bytes[(int)(written - position)];
            target = (byte)((target & ~mask) | (black[(at - first) % black.Length] & mask));
        }
    }
}
