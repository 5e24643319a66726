using System.Buffers;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Files;

/// <content>Sequences, items and their delimiters (PS3.5 §7.5).</content>
internal sealed partial class DataSetParser
{
    private const uint Item = 0xFFFE_E000;
    private const uint ItemDelimiter = 0xFFFE_E00D;
    private const uint SequenceDelimiter = 0xFFFE_E0DD;

    private void PushSequence(uint tag, DicomVr vr, long end, bool isImplicit, bool provisional, bool unknownVr)
    {
        CountSequence();
        int row = IsKept ? _tape.Add(tag, DicomVr.SQ, RowKind.Sequence, 0, 0, _depth == 0) : -1;
        Top.LastRow = row;
        Push(new ReadFrame
        {
            Kind = FrameKind.Sequence,
            Implicit = isImplicit,
            BigEndian = Top.BigEndian && !unknownVr,
            Provisional = provisional,
            End = end,
            Start = _position,
            Row = row,
            Tag = tag,
            Vr = vr,
            LastRow = -1,
        });
    }

    private void Push(ReadFrame frame)
    {
        if (++_depth == _stack.Length)
        {
            ReadFrame[] larger = ArrayPool<ReadFrame>.Shared.Rent(_depth * 2);
            _stack.CopyTo(larger, 0);
            ArrayPool<ReadFrame>.Shared.Return(_stack);
            _stack = larger;
        }

        _stack[_depth] = frame;
    }

    // What is nested in something that is not kept is not kept either.
    private bool IsKept => _depth == 0 || Top.Row >= 0;

    private void Pop()
    {
        ReadFrame frame = Top;
        _depth--;
        if (frame.Kind == FrameKind.Sequence)
        {
            _sequences--;
        }

        if (frame.Kind == FrameKind.Fragments)
        {
            EndFragments(frame);
        }
        else
        {
            _tape.Close(frame.Row);
        }
    }

    /// <summary>Leaves everything whose declared length is used up.</summary>
    private void CloseEnded()
    {
        while (_depth > 0 && Top.End >= 0 && _position >= Top.End)
        {
            Pop();
        }
    }

    // What is left of a declared length is no header: dropped, unless it begins a delimiter that was not counted.
    private int Leftover(ReadOnlySpan<byte> bytes, uint tag, in ReadFrame frame)
    {
        Warn(ReadTolerance.MisplacedDelimiter, _position, frame.Tag);
        if (tag is ItemDelimiter or SequenceDelimiter && ReadUInt32(bytes[4..]) == 0)
        {
            _position += ShortHeader;
            return ShortHeader;
        }

        Discard(frame.End - _position);
        return 0;
    }

    private void Discard(long bytes)
    {
        _value = default;
        _remaining = bytes;
        _step = Step.Skip;
    }

    private int SequenceHeader(ReadOnlySpan<byte> bytes, uint tag)
    {
        ref ReadFrame frame = ref Top;
        if (tag == Item)
        {
            frame.Any = true;
            uint length = ReadUInt32(bytes[4..]);
            _position += ShortHeader;
            long end = length == UndefinedLength ? ReadFrame.Undefined : _position + length;
            if (frame.End >= 0 && end > frame.End)
            {
                Warn(ReadTolerance.LengthExceedsParent, _position, frame.Tag);
                end = frame.End;
            }

            int row = frame.Row < 0 ? -1 : _tape.Add(Item, DicomVr.None, RowKind.Item, 0, 0, topLevel: false);
            Push(new ReadFrame
            {
                Kind = FrameKind.Item,
                Implicit = frame.Implicit,
                BigEndian = frame.BigEndian,
                End = end,
                Start = _position,
                Row = row,
                Tag = frame.Tag,
                LastRow = -1,
            });
            return ShortHeader;
        }

        if (tag == SequenceDelimiter)
        {
            CheckDelimiter(bytes, frame.Tag);
            bool expected = frame.End < 0;
            _position += ShortHeader;
            if (expected)
            {
                Pop();
            }
            else
            {
                Warn(ReadTolerance.MisplacedDelimiter, _position, frame.Tag);
            }

            return ShortHeader;
        }

        if (tag == ItemDelimiter && frame.Any)
        {
            Warn(ReadTolerance.MisplacedDelimiter, _position, frame.Tag);
            _position += ShortHeader;
            return ShortHeader;
        }

        return NotAnItem(ref frame);
    }

    private int NotAnItem(ref ReadFrame frame)
    {
        if (frame.Provisional && !frame.Any)
        {
            return AsBytes(frame);
        }

        if (frame.End < 0)
        {
            // The sequence's delimiter is missing; what follows belongs to what is around it.
            Warn(ReadTolerance.MisplacedDelimiter, _position, frame.Tag);
            Pop();
            return 0;
        }

        Warn(ReadTolerance.SequenceWithoutItems, _position, frame.Tag);
        Discard(frame.End - _position);
        return 0;
    }

    private int AsBytes(ReadFrame frame)
    {
        bool sequence = frame.Vr == DicomVr.SQ;
        Warn(sequence ? ReadTolerance.SequenceWithoutItems : ReadTolerance.UndefinedLengthValue, _position, frame.Tag);
        if (frame.End < 0)
        {
            _scanned = 0;
            _step = Step.Scan;
            return 0;
        }

        if (frame.Row >= 0)
        {
            _tape.RemoveLast();
        }

        _depth--;
        _sequences--;
        long length = frame.End - _position;
        DicomVr vr = DicomDictionary.VrOf(new DicomTag(frame.Tag), _signedPixels);
        BeginValue(frame.Tag, vr != DicomVr.SQ && length % vr.UnitSize() == 0 ? vr : DicomVr.UN, length, littleEndian: true);
        return 0;
    }

    private int StrayDelimiter(ReadOnlySpan<byte> bytes, uint tag)
    {
        ref ReadFrame frame = ref Top;
        if (tag == ItemDelimiter && frame.Kind == FrameKind.Item)
        {
            CheckDelimiter(bytes, frame.Tag);
            bool expected = frame.End < 0;
            _position += ShortHeader;
            if (expected)
            {
                Pop();
            }
            else
            {
                Warn(ReadTolerance.MisplacedDelimiter, _position, frame.Tag);
            }

            return ShortHeader;
        }

        Warn(ReadTolerance.MisplacedDelimiter, _position, frame.Kind == FrameKind.Item ? frame.Tag : tag);
        if (tag == Item && (frame.Kind == FrameKind.DataSet || (frame.End >= 0 && EndedWithSequence(frame))))
        {
            return StrayItem(bytes, ref frame);
        }

        if (frame.Kind == FrameKind.Item && tag is Item or SequenceDelimiter)
        {
            // The item's delimiter is missing, or its length is too large; the sequence looks at this one.
            Pop();
            return 0;
        }

        if (tag is not (Item or ItemDelimiter or SequenceDelimiter))
        {
            return Garbage(tag);
        }

        _position += ShortHeader;
        return ShortHeader;
    }

    private bool EndedWithSequence(in ReadFrame frame) =>
        frame.LastRow >= 0 && _tape[frame.LastRow].Kind == RowKind.Sequence;

    // An item after the end of its sequence, whose length was too small, belongs to it; any other is passed over: its
    // elements must not become those of the data set.
    private int StrayItem(ReadOnlySpan<byte> bytes, ref ReadFrame frame)
    {
        int row = EndedWithSequence(frame) ? frame.LastRow : -1;
        uint length = ReadUInt32(bytes[4..]);
        if (row < 0 && length != UndefinedLength)
        {
            _position += ShortHeader;
            Discard(frame.End < 0 ? length : Math.Min(length, frame.End - _position));
            return ShortHeader;
        }

        CountSequence();
        Push(new ReadFrame
        {
            Kind = FrameKind.Sequence,
            Implicit = frame.Implicit,
            BigEndian = frame.BigEndian,
            Any = true,
            End = ReadFrame.Undefined,
            Start = _position,
            Row = row,
            Tag = frame.LastTag,
            Vr = DicomVr.SQ,
            LastRow = -1,
        });
        return 0;
    }

    private void CountSequence()
    {
        if (++_sequences > _options.MaxDepth)
        {
            throw new DicomFormatException(FormatFailure.NestingTooDeep, _position);
        }
    }

    private void CheckDelimiter(ReadOnlySpan<byte> bytes, uint tag)
    {
        if (ReadUInt32(bytes[4..]) != 0)
        {
            Warn(ReadTolerance.DelimiterWithLength, _position, tag);
        }
    }
}
