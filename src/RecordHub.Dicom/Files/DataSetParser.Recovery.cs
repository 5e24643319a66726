using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Files;

/// <content>What is done when bytes are not what the standard says; each case is a named tolerance.</content>
internal sealed partial class DataSetParser
{
    private const int OverflowStep = 65_536;
    private const int MaxOverflows = 16;

    private long _resyncFrom;
    private int _resyncs;
    private int _scanned;
    private bool _ending;

    private enum UnusualVr
    {
        None = 0,
        Short,
        Long,
        Implicit,

        /// <summary>The next element follows where the length belongs.</summary>
        WithoutLength,

        /// <summary>Not to be told from eight bytes.</summary>
        NeedsMore,
    }

    private void BeginRecovery() => (_resyncFrom, _resyncs, _scanned, _ending) = (-1, 0, 0, false);

    // What two bytes mean that are no representation; the dictionary says which one the element has.
    private UnusualVr Classify(ReadOnlySpan<byte> bytes, uint tag, in ReadFrame frame, out DicomVr vr)
    {
        (byte first, byte second) = (bytes[4], bytes[5]);
        vr = DicomDictionary.VrOf(new DicomTag(tag), _signedPixels);
        if (!IsKnownOrPrivate(tag) || (frame.Any && tag < frame.LastTag))
        {
            return UnusualVr.None;
        }

        bool blank = first == second && first is (byte)'?' or (byte)' ' or (byte)'-' or 0;
        bool upper = char.IsAsciiLetterUpper((char)first) && char.IsAsciiLetterUpper((char)second);
        if ((blank || upper) && bytes.Length < LongHeader && !_ending)
        {
            return UnusualVr.NeedsMore;
        }

        if (upper)
        {
            return ClassifyLetters(bytes, tag, frame);
        }

        if (blank)
        {
            bool without = bytes.Length >= LongHeader && DicomVrExtensions.TryParse(bytes[10], bytes[11], out DicomVr next)
                && ReadTag(bytes[6..]) > tag && DicomDictionary.VrOf(new DicomTag(ReadTag(bytes[6..]))) == next;
            return without ? UnusualVr.WithoutLength
                : Fits(ReadUInt16(bytes[6..]), frame) ? UnusualVr.Short
                : UnusualVr.None;
        }

        // A private element has no entry to agree with; it comes after its creator.
        bool follows = new DicomTag(tag).IsPrivate && tag >> 16 == frame.LastTag >> 16;
        if (DicomVrExtensions.TryParse(Upper(first), Upper(second), out DicomVr written) && (written == vr || follows))
        {
            vr = written;
            return vr.HasLongLength() ? UnusualVr.Long : UnusualVr.Short;
        }

        uint length = ReadUInt32(bytes[4..]);
        return length == UndefinedLength
            ? vr is DicomVr.SQ or DicomVr.UN ? UnusualVr.Implicit : UnusualVr.None
            : Fits(length, frame) ? UnusualVr.Implicit : UnusualVr.None;
    }

    // Representations that the standard adds have the long form (PS3.5 §6.2); invented ones may have the short one.
    private UnusualVr ClassifyLetters(ReadOnlySpan<byte> bytes, uint tag, in ReadFrame frame)
    {
        uint shortLength = ReadUInt16(bytes[6..]);
        if (shortLength != 0)
        {
            return DicomDictionary.IsKnown(new DicomTag(tag)) && Fits(shortLength, frame) ? UnusualVr.Short : UnusualVr.None;
        }

        bool isNextTag = bytes.Length >= LongHeader && ReadTag(bytes[8..]) > tag
            && DicomDictionary.IsKnown(new DicomTag(ReadTag(bytes[8..])));
        return isNextTag ? UnusualVr.Short : UnusualVr.Long;
    }

    private static byte Upper(byte letter) => letter is >= (byte)'a' and <= (byte)'z' ? (byte)(letter - 0x20) : letter;

    // Where the two bytes before a 32-bit length are not zero, they may be a 16-bit one, and the value begins after them.
    private bool HasShortForm(ReadOnlySpan<byte> bytes, uint tag, in ReadFrame frame)
    {
        if (ReadUInt16(bytes[6..]) == 0)
        {
            return false;
        }

        uint length = ReadUInt32(bytes[8..]);
        bool asLong = length == UndefinedLength
            || (length < MaxPlausibleUnknown && (frame.End < 0 || _position + LongHeader + length <= frame.End));
        Warn(asLong ? ReadTolerance.ReservedBytesSet : ReadTolerance.ShortLengthForm, _position, tag);
        return !asLong;
    }

    private bool Fits(uint length, in ReadFrame frame) =>
        length < MaxPlausibleUnknown && (frame.End < 0 || _position + ShortHeader + length <= frame.End);

    private static bool IsKnownOrPrivate(uint tag) =>
        new DicomTag(tag) is { IsPrivate: true } or { IsGroupLength: true } || DicomDictionary.IsKnown(new DicomTag(tag));

    private static bool IsPlausibleImplicit(uint tag, uint length, in ReadFrame frame) =>
        !frame.Any
        || IsKnownOrPrivate(tag)
        || (tag > frame.LastTag && (length & 1) == 0 && length < MaxPlausibleUnknown);

    private int Garbage(uint tag)
    {
        ref ReadFrame frame = ref Top;
        if (frame.LastWasShort && !frame.Implicit && (frame.End < 0 || _position + OverflowStep + ShortHeader <= frame.End))
        {
            // The last 16-bit length may have overflowed: look for the next element in steps of 65,536.
            _resyncFrom = _position;
            _resyncs = 0;
            Discard(OverflowStep);
            return 0;
        }

        for (int depth = _depth; depth > 0; depth--)
        {
            if (_stack[depth].End >= 0)
            {
                Warn(ReadTolerance.UnreadableElement, _position, Top.Tag);
                while (_depth > depth)
                {
                    Pop();
                }

                // What is inside may have gone on beyond the end of what it is inside of.
                Discard(Math.Max(0, Top.End - _position));
                return 0;
            }
        }

        StopAtGarbage(tag);
        return 0;
    }

    private void StopAtGarbage(uint tag)
    {
        if (_pixelTag != 0 && _depth == 0)
        {
            Stop(ReadTolerance.DataAfterPixelData, tag);
            return;
        }

        TruncatedAt ??= _position;
        Stop(ReadTolerance.UnreadableElement, tag);
    }

    // True: there is an element here. False: the state has changed, look again.
    private bool EndsResync(ReadOnlySpan<byte> bytes)
    {
        ref ReadFrame frame = ref Top;
        uint tag = ReadTag(bytes);
        bool element = tag > frame.LastTag && IsKnownOrPrivate(tag) && DicomVrExtensions.TryParse(bytes[4], bytes[5], out _);
        bool end = tag == ItemDelimiter && frame.Kind == FrameKind.Item;
        if (element || end)
        {
            Warn(ReadTolerance.LengthOverflow, frame.LastValueOffset, frame.LastTag);
            if (frame.LastRow >= 0)
            {
                _tape.Replace(frame.LastRow, frame.LastValueOffset, _position - frame.LastValueOffset);
            }

            _resyncFrom = -1;
            return true;
        }

        if (++_resyncs < MaxOverflows && (frame.End < 0 || _position + OverflowStep + ShortHeader <= frame.End))
        {
            Discard(OverflowStep);
            return false;
        }

        (_position, long from) = (_resyncFrom, _position);
        _resyncFrom = -1;
        frame.LastWasShort = false;
        StopAtGarbage(frame.LastTag);
        _position = from;
        return false;
    }

    private int Zeros(ref ReadFrame frame)
    {
        Warn(ReadTolerance.TrailingZeros, _position, frame.LastTag);
        if (_depth == 0)
        {
            _step = Step.Stopped;
            return 0;
        }

        if (frame.End >= 0)
        {
            Discard(frame.End - _position);
            return 0;
        }

        _position += ShortHeader;
        return ShortHeader;
    }

    // The first element of each level tells how the level is encoded.
    private void DetectEncoding(ReadOnlySpan<byte> bytes, ref ReadFrame frame)
    {
        EncodingGuess declared = new(!frame.Implicit, frame.BigEndian ? ByteOrder.BigEndian : ByteOrder.LittleEndian);
        if (_depth > 0)
        {
            EncodingGuess written = declared with { IsExplicitVr = true };
            if (frame.Implicit && !declared.Fits(bytes) && written.Fits(bytes))
            {
                frame.Implicit = false;
                Warn(ReadTolerance.ExplicitElement, _position, frame.Tag);
            }

            return;
        }

        // Big endian can only be from the first byte on: values must be copied then, which is decided there.
        bool mayBeBig = _tape.CopiesValues && _position == frame.Start;
        if (EncodingGuess.TryGuess(bytes, declared, out EncodingGuess guess) && guess != declared
            && (mayBeBig || guess.ByteOrder == ByteOrder.LittleEndian))
        {
            Warn(ReadTolerance.WrongTransferSyntax, _position, ReadTag(bytes));
            _encoding = guess;
            frame.Implicit = !guess.IsExplicitVr;
            frame.BigEndian = guess.ByteOrder == ByteOrder.BigEndian;
        }
    }

    // Looks for the delimiter that ends a value of undefined length which is no sequence.
    private int Scan(ReadOnlySpan<byte> input)
    {
        ReadOnlySpan<byte> delimiter = IsBigEndian
            ? [0xFF, 0xFE, 0xE0, 0xDD, 0, 0, 0, 0]
            : [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0];
        for (int i = 0; i < input.Length; i++)
        {
            byte next = input[i];
            _scanned = next == delimiter[_scanned] ? _scanned + 1 : next == delimiter[0] ? 1 : 0;
            if (_scanned == delimiter.Length)
            {
                _position += i + 1;
                EndScan();
                return i + 1;
            }
        }

        _position += input.Length;
        return input.Length;
    }

    private void EndScan()
    {
        ReadFrame frame = Top;
        _step = Step.Header;
        if (frame.Kind == FrameKind.Fragments)
        {
            Pop();
            return;
        }

        _depth--;
        _sequences--;
        if (frame.Row >= 0)
        {
            _tape.Replace(frame.Row, frame.Start, _position - ShortHeader - frame.Start);
            _tape.Retype(frame.Row, frame.Vr == DicomVr.SQ ? DicomVr.UN : frame.Vr, RowKind.Place);
        }
    }
}
