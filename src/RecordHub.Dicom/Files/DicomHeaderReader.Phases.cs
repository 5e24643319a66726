using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Files;

/// <content>From one part of the input to the next.</content>
public sealed partial class DicomHeaderReader
{
    private static readonly EncodingGuess s_explicitLittleEndian = new(true, ByteOrder.LittleEndian);

    private void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            switch (_phase)
            {
                case Phase.Start when TryGather(ref bytes, StartLength, out ReadOnlySpan<byte> start):
                    FeedGathered(start, Begin(start));
                    break;
                case Phase.FileMeta when _metaParser is { } meta:
                    bytes = bytes[meta.Consume(bytes)..];
                    if (meta.IsStopped)
                    {
                        EndFileMeta(meta);
                        FeedUnread(meta);
                    }

                    break;
                case Phase.Peek when TryGather(ref bytes, EncodingGuess.Length, out ReadOnlySpan<byte> first):
                    BeginDataSet(first);
                    FeedGathered(first, 0);
                    break;
                case Phase.DataSet:
                    _dataParser?.Consume(bytes);
                    return;
                case Phase.Deflated:
                    _inflater?.Write(bytes);
                    return;
                default:
                    return;
            }
        }
    }

    // Gives the first bytes of a part, from the input itself when it has enough of them.
    private bool TryGather(ref ReadOnlySpan<byte> bytes, int length, out ReadOnlySpan<byte> gathered)
    {
        if (_gathered == 0 && bytes.Length >= length)
        {
            gathered = bytes;
            bytes = default;
            return true;
        }

        _gather ??= new byte[length];
        int taken = Math.Min(length - _gathered, bytes.Length);
        bytes[..taken].CopyTo(_gather.AsSpan(_gathered));
        bytes = bytes[taken..];
        _gathered += taken;
        gathered = _gather.AsSpan(0, _gathered);
        return _gathered == length;
    }

    // The gathered bytes are the beginning of the next part, apart from those that were used.
    private void FeedGathered(ReadOnlySpan<byte> bytes, int used)
    {
        ReadOnlySpan<byte> rest = bytes[used..];
        if (_gathered == 0)
        {
            Feed(rest);
            return;
        }

        Span<byte> copy = stackalloc byte[StartLength];
        rest.CopyTo(copy);
        _gathered = 0;
        Feed(copy[..rest.Length]);
    }

    // What the file meta's parser has taken of the data set, which the same parser reads next.
    private void FeedUnread(DataSetParser meta)
    {
        Span<byte> unread = stackalloc byte[DataSetParser.MostUnread];
        int count = meta.Unread.Length;
        meta.Unread.CopyTo(unread);
        FeedGathered(unread[..count], 0);
    }

    // Decides what the input is and gives the bytes before its first element.
    private int Begin(ReadOnlySpan<byte> start)
    {
        int offset = 0;
        if (start.Length >= PreambleLength + 4 && start.Slice(PreambleLength, 4).SequenceEqual("DICM"u8))
        {
            offset = PreambleLength + 4;
        }
        else if (start.StartsWith("DICM"u8))
        {
            offset = 4;
            _warnings.Add(ReadTolerance.MissingPreamble, 0, default);
        }
        else if (FileMetaReader.IsAt(start, out _))
        {
            _warnings.Add(ReadTolerance.MissingPreamble, 0, default);
        }
        else if (start.Length >= EncodingGuess.Length && EncodingGuess.TryGuess(start, s_explicitLittleEndian, out _))
        {
            // A bare data set.
        }
        else if (IsPreambleWithoutPrefix(start, out offset))
        {
            _warnings.Add(ReadTolerance.MissingPrefix, PreambleLength, default);
        }
        else
        {
            throw new DicomFormatException(FormatFailure.NotDicom, 0);
        }

        ReadOnlySpan<byte> first = start[offset..];
        if (FileMetaReader.IsAt(first, out EncodingGuess encoding))
        {
            if (encoding != s_explicitLittleEndian)
            {
                _warnings.Add(
                    encoding.IsExplicitVr ? ReadTolerance.BigEndianFileMeta : ReadTolerance.ImplicitFileMeta, offset, default);
            }

            _metaStart = offset;
            _metaParser = new DataSetParser(
                encoding, offset, isFileMeta: true, encoding.ByteOrder == ByteOrder.BigEndian ? null : _source, _options, _warnings);
            _metaTape = _metaParser.Tape;
            _phase = Phase.FileMeta;
        }
        else
        {
            _warnings.Add(ReadTolerance.MissingFileMeta, offset, default);
            _dataSetOffset = offset;
            _phase = Phase.Peek;
        }

        return offset;
    }

    private static bool IsPreambleWithoutPrefix(ReadOnlySpan<byte> start, out int offset)
    {
        foreach (int candidate in (ReadOnlySpan<int>)[PreambleLength, PreambleLength + 4])
        {
            if (start.Length >= candidate + EncodingGuess.Length && BeginsAt(start, candidate))
            {
                offset = candidate;
                return true;
            }
        }

        offset = 0;
        return false;
    }

    // File meta information, or after nothing but zeros the data set itself.
    private static bool BeginsAt(ReadOnlySpan<byte> start, int offset) =>
        FileMetaReader.IsAt(start[offset..], out EncodingGuess encoding)
            ? encoding.IsExplicitVr
            : !start[..offset].ContainsAnyExcept((byte)0)
                && EncodingGuess.TryGuess(start[offset..], s_explicitLittleEndian, out _);

    private void EndFileMeta(DataSetParser meta)
    {
        meta.Complete();
        meta.Tape.End();
        _dataSetOffset = meta.Position;
        _phase = Phase.Peek;
        FileMetaReader.CheckGroupLength(meta.Tape, _metaStart, meta.Position, _warnings);
        ReadOnlySpan<byte> declared = meta.Tape.ValueOf(DicomTags.TransferSyntaxUID);
        Uid syntax = Uid.Read(declared.IndexOf((byte)'\\') is >= 0 and int first ? declared[..first] : declared);
        if (syntax.IsNone)
        {
            _warnings.Add(ReadTolerance.MissingTransferSyntax, _metaStart, DicomTags.TransferSyntaxUID);
            return;
        }

        _declared = TransferSyntax.Of(syntax);
        if (!_declared.IsKnown)
        {
            _warnings.Add(ReadTolerance.UnknownTransferSyntax, _metaStart, DicomTags.TransferSyntaxUID);
        }
    }

    private void BeginDataSet(ReadOnlySpan<byte> first)
    {
        EncodingGuess declared = _declared is null ? s_explicitLittleEndian : new(_declared.IsExplicitVr, _declared.ByteOrder);
        EncodingGuess guess = declared;
        bool fits = first.Length >= EncodingGuess.Length && EncodingGuess.TryGuess(first, declared, out guess);
        if (_declared is { IsDeflated: true })
        {
            if (fits && s_explicitLittleEndian.Fits(first))
            {
                _warnings.Add(ReadTolerance.WrongTransferSyntax, _dataSetOffset, default);
                _declared = TransferSyntax.ExplicitLittleEndian;
            }
            else
            {
                BeginDeflated(first);
                return;
            }
        }

        if (!fits && _declared is null && _metaTape is null)
        {
            throw new DicomFormatException(FormatFailure.NotDicom, _dataSetOffset);
        }

        // Big endian values are turned round, so they cannot be slices of the input.
        bool big = fits && guess.ByteOrder == ByteOrder.BigEndian;
        _dataParser = ParserOf(
            fits && _declared is null ? guess : declared, _dataSetOffset,
            big || declared.ByteOrder == ByteOrder.BigEndian ? null : _source);
        _phase = Phase.DataSet;
    }

    // The one that has read the file meta, when there was some.
    private DataSetParser ParserOf(EncodingGuess encoding, long offset, ReadOnlyMemory<byte>? source)
    {
        if (_metaParser is not { } parser)
        {
            return new DataSetParser(encoding, offset, isFileMeta: false, source, _options, _warnings);
        }

        parser.Begin(encoding, offset, isFileMeta: false, source);
        _metaParser = null;
        return parser;
    }

    private void BeginDeflated(ReadOnlySpan<byte> first)
    {
        bool zlib = DeflatedDataSet.HasZlibHeader(first);
        if (zlib)
        {
            _warnings.Add(ReadTolerance.ZlibWrappedDeflate, _dataSetOffset, default);
        }

        _dataParser = ParserOf(s_explicitLittleEndian, 0, source: null);
        _inflater = new Inflater(_dataParser, zlib);
        _phase = Phase.Deflated;
    }
}
