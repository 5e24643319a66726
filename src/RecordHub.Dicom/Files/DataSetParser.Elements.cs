using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Files;

/// <content>Elements of a data set or item (PS3.5 §7.1).</content>
internal sealed partial class DataSetParser
{
    private const uint UndefinedLength = 0xFFFF_FFFF;
    private const uint MaxPlausibleUnknown = 1 << 28;
    private const uint PixelRepresentation = 0x0028_0103;

    /// <summary>Gives the bytes used; 0 to look again after a change of state, -1 when twelve bytes are needed.</summary>
    private int Header(ReadOnlySpan<byte> bytes)
    {
        if (_resyncFrom >= 0 && !EndsResync(bytes))
        {
            return 0;
        }

        uint tag = ReadTag(bytes);
        ref ReadFrame frame = ref Top;
        if (frame.End >= 0 && _position + ShortHeader > frame.End && _depth > 0)
        {
            return Leftover(bytes, tag, frame);
        }

        if (frame.Kind >= FrameKind.Sequence && frame.Kind != FrameKind.Item)
        {
            return frame.Kind == FrameKind.Sequence ? SequenceHeader(bytes, tag) : FragmentHeader(bytes, tag);
        }

        if (tag >> 16 == 0xFFFE && !_isFileMeta)
        {
            return StrayDelimiter(bytes, tag);
        }

        if (_isFileMeta && EndsFileMeta(tag))
        {
            _step = Step.Stopped;
            return 0;
        }

        if (!frame.Any && !_isFileMeta)
        {
            DetectEncoding(bytes, ref frame);
            tag = ReadTag(bytes);
        }

        if (tag == 0 && !bytes[..ShortHeader].ContainsAnyExcept((byte)0))
        {
            return Zeros(ref frame);
        }

        return Element(bytes, tag, ref frame);
    }

    private int Element(ReadOnlySpan<byte> bytes, uint tag, ref ReadFrame frame)
    {
        bool isImplicit = frame.Implicit;
        bool isShort = false;
        int size = ShortHeader;
        uint length;
        DicomVr vr;
        if (isImplicit)
        {
            length = ReadUInt32(bytes[4..]);
            vr = DicomDictionary.VrOf(new DicomTag(tag), _signedPixels);
            if (!IsPlausibleImplicit(tag, length, frame))
            {
                return Garbage(tag);
            }
        }
        else if (DicomVrExtensions.TryParse(bytes[4], bytes[5], out vr))
        {
            if (vr.HasLongLength())
            {
                if (bytes.Length < LongHeader)
                {
                    return -1;
                }

                isShort = HasShortForm(bytes, tag, frame);
            }
            else
            {
                isShort = true;
            }

            size = isShort ? ShortHeader : LongHeader;
            length = isShort ? ReadUInt16(bytes[6..]) : ReadUInt32(bytes[8..]);
        }
        else
        {
            UnusualVr unusual = Classify(bytes, tag, frame, out vr);
            if (unusual == UnusualVr.None)
            {
                return Garbage(tag);
            }

            if (unusual == UnusualVr.NeedsMore || (unusual == UnusualVr.Long && bytes.Length < LongHeader))
            {
                return -1;
            }

            isImplicit = unusual == UnusualVr.Implicit;
            isShort = unusual == UnusualVr.Short;
            (size, length) = unusual switch
            {
                UnusualVr.Long => (LongHeader, ReadUInt32(bytes[8..])),
                UnusualVr.Short => (ShortHeader, ReadUInt16(bytes[6..])),
                UnusualVr.WithoutLength => (ShortHeader - 2, 0u),
                _ => (ShortHeader, ReadUInt32(bytes[4..])),
            };
            Warn(isImplicit ? ReadTolerance.ImplicitElement : ReadTolerance.InvalidVr, _position, tag);
            if (isImplicit && !frame.Any && _depth > 0)
            {
                frame.Implicit = true;
            }
        }

        if (frame.End >= 0 && _position + size > frame.End)
        {
            return Garbage(tag);
        }

        Order(tag, ref frame);
        frame.LastWasShort = isShort;
        frame.LastValueOffset = _position + size;
        frame.LastRow = -1;
        _position += size;
        Begin(tag, vr, length, isImplicit, ref frame);
        return size;
    }

    private void Begin(uint tag, DicomVr vr, uint length, bool isImplicit, ref ReadFrame frame)
    {
        DicomTag name = new(tag);
        bool unknownVr = vr == DicomVr.UN && !isImplicit;
        DicomVr known = unknownVr ? DicomDictionary.VrOf(name, _signedPixels) : vr;
        if (length == UndefinedLength)
        {
            BeginUndefined(tag, known, unknownVr, isImplicit);
            return;
        }

        long fits = frame.End < 0 ? length : Math.Min(length, frame.End - _position);
        if (fits < length)
        {
            Warn(ReadTolerance.LengthExceedsParent, _position, tag);
        }

        if ((length & 1) != 0)
        {
            Warn(ReadTolerance.OddLength, _position, tag);
        }

        if (unknownVr && known != DicomVr.UN && (known == DicomVr.SQ || fits % known.UnitSize() == 0))
        {
            Warn(ReadTolerance.UnknownVrResolved, _position, tag);
            vr = known;
        }

        if (vr == DicomVr.SQ)
        {
            PushSequence(tag, vr, _position + fits, isImplicit || unknownVr, provisional: fits > 0, unknownVr);
        }
        else if (IsPixelData(tag) && _depth == 0)
        {
            BeginNativePixels(tag, vr, length, fits);
        }
        else
        {
            BeginValue(tag, vr, fits, littleEndian: unknownVr);
        }
    }

    private void BeginUndefined(uint tag, DicomVr vr, bool unknownVr, bool isImplicit)
    {
        if (vr is DicomVr.SQ or DicomVr.UN)
        {
            if (unknownVr && vr == DicomVr.SQ)
            {
                Warn(ReadTolerance.UnknownVrResolved, _position, tag);
            }

            // An unknown representation of undefined length is a sequence in implicit VR (PS3.5 §6.2.2).
            PushSequence(tag, DicomVr.SQ, ReadFrame.Undefined, isImplicit || unknownVr, provisional: true, unknownVr);
            return;
        }

        if (IsPixelData(tag) || vr.IsOpaque())
        {
            BeginFragments(tag, vr);
            return;
        }

        Warn(ReadTolerance.UndefinedLengthValue, _position, tag);
        PushSequence(tag, vr, ReadFrame.Undefined, isImplicit, provisional: true, unknownVr);
    }

    private void BeginValue(uint tag, DicomVr vr, long length, bool littleEndian)
    {
        _value = new Pending
        {
            Tag = tag,
            Vr = vr,
            Offset = _position,
            Length = length,
            LittleEndian = littleEndian,
            Position = _tape.CopiesValues ? _tape.ValueBytes : (int)Math.Min(_position, int.MaxValue),
        };
        _remaining = length;
        bool keep = IsKept && length <= _options.MaxValueLength && _keptBytes + length <= _options.MaxKeptBytes
            && !_tape.IsFull(_depth == 0);
        if (keep)
        {
            _keptBytes += length;
        }
        else if (IsKept && length <= _options.MaxValueLength)
        {
            Warn(ReadTolerance.ValuesNotKept, _position, tag);
        }

        _step = keep ? Step.Value : Step.Skip;
        if (length == 0)
        {
            FinishPending();
        }
    }

    private void FinishPending()
    {
        Step step = _step;
        _step = Step.Header;
        if (_value.Tag == 0)
        {
            return;
        }

        Pending value = _value;
        _value = default;
        ref ReadFrame frame = ref Top;
        if (!IsKept)
        {
            return;
        }

        if (step == Step.Skip)
        {
            frame.LastRow = _tape.AddPlace(value.Tag, value.Vr, value.Offset, value.Length, _depth == 0);
            return;
        }

        int length = (int)value.Length;
        if (IsBigEndian && !value.LittleEndian)
        {
            Turn(_tape.CopiedValue(value.Position, length), value.Vr);
        }

        if (value.Tag == PixelRepresentation && length >= 1)
        {
            _signedPixels = _tape.Value(value.Position, length)[0] == 1;
        }

        frame.LastRow = _tape.Add(value.Tag, value.Vr, RowKind.Value, value.Position, length, _depth == 0);
    }

    // Values on the tape are little endian whatever the input was.
    private static void Turn(Span<byte> value, DicomVr vr)
    {
        int unit = vr == DicomVr.AT ? 2 : vr.UnitSize();
        for (; unit > 1 && value.Length >= unit; value = value[unit..])
        {
            value[..unit].Reverse();
        }
    }
}
