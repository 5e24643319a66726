using System.Buffers;
using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Files;

/// <summary>Rewrites element headers from one little endian native encoding to the other (PS3.5 §7.1, §7.5).</summary>
internal sealed class NativeConversion(bool toExplicit)
{
    private const int MaxDepth = 64;
    private const int MaxHeader = 12;
    private const uint ItemGroup = 0xFFFE;
    private const uint PixelRepresentation = 0x0028_0103;

    private readonly Stack<Level> _levels = new();
    private long _position;
    private long _copy;
    private long _drop;
    private bool _signedPixels;

    /// <summary>An open sequence or item; its end is a byte of the input, or told by a delimiter when null.</summary>
    private readonly record struct Level(bool IsItem, long? End, bool IsExplicit);

    /// <summary>Takes some of the input and writes what becomes of it; 0 when it needs more.</summary>
    /// <exception cref="DicomFormatException">The input is not in the other encoding, or ends inside an element.</exception>
    public int Take(ReadOnlySpan<byte> input, bool isLast, ArrayBufferWriter<byte> output)
    {
        if (_copy > 0 || _drop > 0)
        {
            int count = (int)Math.Min(input.Length, Math.Max(_copy, _drop));
            if (count == 0 && isLast)
            {
                throw Malformed();
            }

            if (_copy > 0)
            {
                output.Write(input[..count]);
                _copy -= count;
            }
            else
            {
                _drop -= count;
            }

            _position += count;
            return count;
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

        int taken = Header(input, writer);
        _position += taken;
        return taken;
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
        if (input.Length < 8)
        {
            throw Malformed();
        }

        DicomTag tag = new(BinaryPrimitives.ReadUInt16LittleEndian(input), BinaryPrimitives.ReadUInt16LittleEndian(input[2..]));
        if (tag.Group == ItemGroup)
        {
            Item(tag, BinaryPrimitives.ReadUInt32LittleEndian(input[4..]), writer);
            return 8;
        }

        // From explicit to implicit, except inside an unknown sequence, which is implicit already (PS3.5 §6.2.2).
        bool isExplicit = _levels.TryPeek(out Level level) ? level.IsExplicit : !toExplicit;
        (DicomVr vr, uint length, int size) = isExplicit ? Explicit(input) : Implicit(tag, input);
        if (tag.Value == PixelRepresentation && length == 2 && input.Length >= size + 2)
        {
            _signedPixels = input[size] == 1;
        }

        if (vr == DicomVr.SQ && length == 0)
        {
            writer.Header(tag, vr, 0);
        }
        else if (vr == DicomVr.SQ || length == ElementWriter.UndefinedLength)
        {
            writer.Header(tag, DicomVr.SQ, ElementWriter.UndefinedLength);
            Open(new Level(false, EndOf(length, size), isExplicit && vr != DicomVr.UN));
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
            Open(new Level(true, EndOf(length, 8), sequence.IsExplicit));
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

    private (DicomVr Vr, uint Length, int Size) Implicit(DicomTag tag, ReadOnlySpan<byte> input) =>
        (DicomDictionary.VrOf(tag, _signedPixels), BinaryPrimitives.ReadUInt32LittleEndian(input[4..]), 8);

    private (DicomVr Vr, uint Length, int Size) Explicit(ReadOnlySpan<byte> input)
    {
        if (!DicomVrExtensions.TryParse(input[4], input[5], out DicomVr vr) || (vr.HasLongLength() && input.Length < MaxHeader))
        {
            throw Malformed();
        }

        return vr.HasLongLength()
            ? (vr, BinaryPrimitives.ReadUInt32LittleEndian(input[8..]), MaxHeader)
            : (vr, BinaryPrimitives.ReadUInt16LittleEndian(input[6..]), 8);
    }

    private DicomFormatException Malformed() => new(FormatFailure.NotDicom, _position);
}
