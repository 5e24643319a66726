using System.Buffers;
using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Files;

/// <summary>
/// Rewrites elements from any native encoding to a little endian one (PS3.5 §7.1, §7.3, §7.5): headers anew, big endian values
/// turned round by their representation, zeros after the last element left out.
/// </summary>
/// <param name="declared">The encoding that the input is said to have; its first element decides, as when it is read.</param>
/// <param name="toExplicit">Whether what comes out carries representations.</param>
internal sealed class NativeConversion(EncodingGuess declared, bool toExplicit)
{
    private const int MaxDepth = 64;
    private const int ShortHeader = 8;
    private const int MaxHeader = 12;
    private const uint ItemGroup = 0xFFFE;
    private const uint PixelRepresentation = 0x0028_0103;

    // What is inside an unknown sequence is in this one, whatever is around it (PS3.5 §6.2.2).
    private static readonly EncodingGuess s_ofUnknown = new(false, ByteOrder.LittleEndian);

    private readonly Stack<Level> _levels = new();
    private EncodingGuess _encoding = declared;
    private long _position;
    private long _copy;
    private long _drop;
    private int _unit = 1;
    private bool _signedPixels;

    /// <summary>An open sequence or item; its end is a byte of the input, or told by a delimiter when null.</summary>
    private readonly record struct Level(bool IsItem, long? End, EncodingGuess Encoding);

    private EncodingGuess Encoding => _levels.TryPeek(out Level level) ? level.Encoding : _encoding;

    /// <summary>Takes some of the input and writes what becomes of it; 0 when it needs more.</summary>
    /// <exception cref="DicomFormatException">The input cannot be read in its encoding, or ends inside an element.</exception>
    public int Take(ReadOnlySpan<byte> input, bool isLast, ArrayBufferWriter<byte> output)
    {
        if (_copy > 0 || _drop > 0)
        {
            return Value(input, isLast, output);
        }

        ElementWriter writer = new(output, toExplicit, isBigEndian: false);
        CloseWhatEnds(writer);
        if (input.IsEmpty && isLast && _levels.Count == 0)
        {
            return 0;
        }

        // The value of Pixel Representation, two bytes, is looked at together with its header.
        if (input.Length < MaxHeader + 2 && !isLast)
        {
            return 0;
        }

        if (isLast && _levels.Count == 0 && input.Length < ShortHeader && !input.ContainsAnyExcept((byte)0))
        {
            return input.Length;
        }

        int taken = Header(input, writer);
        _position += taken;
        return taken;
    }

    private int Value(ReadOnlySpan<byte> input, bool isLast, ArrayBufferWriter<byte> output)
    {
        int count = (int)Math.Min(input.Length, Math.Max(_copy, _drop));
        if (_copy > count)
        {
            // What is turned round stays together; what is left over at the end of a value is no unit.
            count -= count % _unit;
        }

        if (count == 0)
        {
            return isLast ? throw Malformed() : 0;
        }

        if (_copy > 0)
        {
            Span<byte> target = output.GetSpan(count)[..count];
            input[..count].CopyTo(target);
            for (; _unit > 1 && target.Length >= _unit; target = target[_unit..])
            {
                target[.._unit].Reverse();
            }

            output.Advance(count);
            _copy -= count;
        }
        else
        {
            _drop -= count;
        }

        _position += count;
        return count;
    }

    private void CloseWhatEnds(ElementWriter writer)
    {
        while (_levels.TryPeek(out Level level) && level.End is { } end && end <= _position)
        {
            if (end < _position)
            {
                throw Malformed();
            }

            Close(writer);
        }
    }

    private void Close(ElementWriter writer) => writer.Marker(
        _levels.Pop().IsItem ? DicomTags.ItemDelimitationItem : DicomTags.SequenceDelimitationItem, 0);

    private int Header(ReadOnlySpan<byte> input, ElementWriter writer)
    {
        if (input.Length < ShortHeader)
        {
            throw Malformed();
        }

        if (_position == 0 && EncodingGuess.TryGuess(input, _encoding, out EncodingGuess found))
        {
            _encoding = found;
        }

        EncodingGuess encoding = Encoding;
        bool isBig = encoding.ByteOrder == ByteOrder.BigEndian;
        DicomTag tag = new(EncodingGuess.ReadTag(input, isBig));
        if (tag.Group == ItemGroup)
        {
            Item(tag, UInt32(input[4..], isBig), writer);
            return ShortHeader;
        }

        if (!input[..ShortHeader].ContainsAnyExcept((byte)0))
        {
            return ShortHeader;
        }

        (DicomVr vr, uint length, int size) = encoding.IsExplicitVr
            ? Explicit(input, isBig)
            : (DicomDictionary.VrOf(tag, _signedPixels), UInt32(input[4..], isBig), ShortHeader);
        if (tag.Value == PixelRepresentation && length == 2 && input.Length >= size + 2)
        {
            _signedPixels = UInt16(input[size..], isBig) == 1;
        }

        if (vr == DicomVr.SQ && length == 0)
        {
            writer.Header(tag, vr, 0);
        }
        else if (vr == DicomVr.SQ || length == ElementWriter.UndefinedLength)
        {
            writer.Header(tag, DicomVr.SQ, ElementWriter.UndefinedLength);
            Open(new Level(
                false, EndOf(length, size), encoding.IsExplicitVr && vr == DicomVr.UN ? s_ofUnknown : encoding));
        }
        else if (tag.IsGroupLength)
        {
            // Right for the other encoding only, and retired (PS3.5 §7.2).
            _drop = length;
        }
        else
        {
            writer.Header(tag, vr, length);
            _copy = length;
            _unit = !isBig ? 1 : vr == DicomVr.AT ? 2 : vr.UnitSize();
        }

        return size;
    }

    private void Item(DicomTag tag, uint length, ElementWriter writer)
    {
        if (tag == DicomTags.Item)
        {
            if (!_levels.TryPeek(out Level sequence) || sequence.IsItem)
            {
                throw Malformed();
            }

            writer.Marker(DicomTags.Item, ElementWriter.UndefinedLength);
            Open(new Level(true, EndOf(length, ShortHeader), sequence.Encoding));
            return;
        }

        if (!_levels.TryPeek(out Level level) || level.End is not null
            || level.IsItem != (tag == DicomTags.ItemDelimitationItem))
        {
            throw Malformed();
        }

        Close(writer);
    }

    private void Open(Level level)
    {
        if (_levels.Count == MaxDepth)
        {
            throw new DicomFormatException(FormatFailure.NestingTooDeep, _position);
        }

        _levels.Push(level);
    }

    private long? EndOf(uint length, int headerSize) =>
        length == ElementWriter.UndefinedLength ? null : _position + headerSize + length;

    private (DicomVr Vr, uint Length, int Size) Explicit(ReadOnlySpan<byte> input, bool isBig)
    {
        if (!DicomVrExtensions.TryParse(input[4], input[5], out DicomVr vr) || (vr.HasLongLength() && input.Length < MaxHeader))
        {
            throw Malformed();
        }

        return vr.HasLongLength()
            ? (vr, UInt32(input[8..], isBig), MaxHeader)
            : (vr, UInt16(input[6..], isBig), ShortHeader);
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool isBig) => isBig
        ? BinaryPrimitives.ReadUInt16BigEndian(bytes)
        : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool isBig) => isBig
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
        : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private DicomFormatException Malformed() => new(FormatFailure.NotDicom, _position);
}
