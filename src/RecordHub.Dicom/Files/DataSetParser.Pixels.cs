using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <content>Pixel data: passed over, its places remembered (PS3.5 §8, §A.4).</content>
internal sealed partial class DataSetParser
{
    private const int MaxOffsetTable = 4 * 1024 * 1024;

    private uint _pixelTag;
    private DicomVr _pixelVr;
    private long _pixelOffset;
    private long _pixelEnd;
    private uint _pixelDeclared;
    private bool _pixelEncapsulated;
    private List<PixelFragment>? _fragments;
    private long _fragmentCount;
    private int _tablePosition;
    private int _tableLength;
    private int _pendingTable;

    private static bool IsPixelData(uint tag) => tag is 0x7FE0_0010 or 0x7FE0_0008 or 0x7FE0_0009;

    /// <summary>Where the pixels were, once the input has ended; the table is a slice of the finished tape.</summary>
    public PixelDataLocation? PixelData(DataSetTape tape) => _pixelTag == 0
        ? null
        : new PixelDataLocation(
            new DicomTag(_pixelTag), _pixelVr, _pixelOffset, _pixelEnd - _pixelOffset, _pixelDeclared,
            _pixelEncapsulated, tape.Values.Slice(_tablePosition, _tableLength),
            _fragments is null ? [] : _fragments, _fragmentCount);

    private void BeginNativePixels(uint tag, DicomVr vr, uint declared, long length)
    {
        BeginPixels(tag, vr, declared, encapsulated: false);
        _pixelEnd = _position + length;
        if (_options.KeepPixelData)
        {
            BeginValue(tag, vr, length, littleEndian: false);
            return;
        }

        Top.LastRow = _tape.AddPlace(tag, vr, _position, length, topLevel: true);
        Discard(length);
    }

    private void BeginPixels(uint tag, DicomVr vr, uint declared, bool encapsulated)
    {
        _pixelTag = tag;
        _pixelVr = vr;
        _pixelOffset = _position;
        _pixelEnd = -1;
        _pixelDeclared = declared;
        _pixelEncapsulated = encapsulated;
        _fragments = null;
        _fragmentCount = 0;
        _tableLength = 0;
        _pendingTable = 0;
    }

    private void BeginFragments(uint tag, DicomVr vr)
    {
        bool atTop = IsPixelData(tag) && _depth == 0;
        if (atTop)
        {
            BeginPixels(tag, vr, UndefinedLength, encapsulated: true);
        }

        int row = -1;
        if (IsKept)
        {
            row = atTop && !_options.KeepPixelData
                ? _tape.AddPlace(tag, vr, _position, 0, topLevel: true)
                : _tape.Add(tag, vr, RowKind.Fragments, 0, 0, _depth == 0);
        }

        Top.LastRow = row;
        Push(new ReadFrame
        {
            Kind = FrameKind.Fragments,
            End = ReadFrame.Undefined,
            Start = _position,
            Row = row,
            Tag = tag,
            Vr = vr,
            Implicit = Top.Implicit,
            BigEndian = Top.BigEndian,
            LastRow = -1,
        });
    }

    private int FragmentHeader(ReadOnlySpan<byte> bytes, uint tag)
    {
        ref ReadFrame frame = ref Top;
        uint length = ReadUInt32(bytes[4..]);
        if (tag == SequenceDelimiter)
        {
            CheckDelimiter(bytes, frame.Tag);
            _position += ShortHeader;
            Pop();
            return ShortHeader;
        }

        if (tag == Item && length != UndefinedLength)
        {
            bool isTable = !frame.Any;
            frame.Any = true;
            _position += ShortHeader;
            BeginFragment(frame, length, isTable);
            return ShortHeader;
        }

        if (!frame.Any || (tag == Item && length == UndefinedLength))
        {
            Warn(ReadTolerance.SequenceWithoutItems, _position, frame.Tag);
            _scanned = 0;
            _step = Step.Scan;
            return 0;
        }

        Warn(ReadTolerance.MisplacedDelimiter, _position, frame.Tag);
        if (tag == ItemDelimiter)
        {
            _position += ShortHeader;
            return ShortHeader;
        }

        Pop();
        return 0;
    }

    private void BeginFragment(ReadFrame frame, uint length, bool isTable)
    {
        bool atTop = _depth == 1 && IsPixelData(frame.Tag);
        if (atTop && !isTable)
        {
            _fragmentCount++;
            _fragments ??= [];
            if (_fragments.Count < _options.MaxFragments)
            {
                _fragments.Add(new PixelFragment(_position, length));
            }
        }

        if (frame.Row >= 0 && _tape[frame.Row].Kind == RowKind.Fragments)
        {
            if (isTable && atTop)
            {
                _tablePosition = _tape.CopiesValues ? _tape.ValueBytes : (int)_position;
                _pendingTable = (int)Math.Min(length, MaxOffsetTable);
            }

            BeginValue(Item, DicomVr.OB, length, littleEndian: true);
        }
        else if (atTop && isTable && length is > 0 and <= MaxOffsetTable)
        {
            _tablePosition = _tape.CopiesValues ? _tape.ValueBytes : (int)_position;
            _pendingTable = (int)length;
            _value = new Pending { Position = _tablePosition, Length = length };
            _remaining = length;
            _step = Step.Value;
        }
        else
        {
            Discard(length);
        }
    }

    private void EndFragments(in ReadFrame frame)
    {
        if (frame.Row >= 0 && _tape[frame.Row].Kind == RowKind.Fragments && !_tape.HasPlaceBelow(frame.Row))
        {
            _tape.Close(frame.Row);
        }
        else if (frame.Row >= 0)
        {
            _tape.ReplaceFragments(frame.Row, frame.Start, _position - frame.Start);
        }

        if (_depth == 0 && IsPixelData(frame.Tag))
        {
            _pixelEnd = _position;
        }
    }

    private void BeginPixels()
    {
        (_pixelTag, _pixelVr, _pixelOffset, _pixelEnd) = (0, default, 0, -1);
        (_pixelDeclared, _pixelEncapsulated) = (0, false);
        (_fragments, _fragmentCount) = (null, 0);
        (_tablePosition, _tableLength, _pendingTable) = (0, 0, 0);
    }

    private void CompletePixelData()
    {
        if (_pixelTag == 0)
        {
            return;
        }

        // A table that was cut off is no table; native pixels end where the input does.
        long available = (_tape.CopiesValues ? _tape.ValueBytes : _position) - _tablePosition;
        _tableLength = _pendingTable <= available ? _pendingTable : 0;
        if (_tableLength == 0)
        {
            _tablePosition = 0;
        }

        _pixelEnd = _pixelEnd < 0 ? _position : Math.Min(_pixelEnd, _position);
    }
}
