using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <summary>
/// The reader of elements: a state machine that takes bytes in pieces of any size, keeps an explicit stack of what it is
/// inside of, and puts what it understands on a tape (PS3.5 §7).
/// </summary>
internal sealed partial class DataSetParser
{
    /// <summary>Bytes of <see cref="Unread"/>, at most.</summary>
    public const int MostUnread = LongHeader;

    private const int ShortHeader = 8;
    private const int LongHeader = 12;
    private const int InitialDepth = 5;

    private readonly DicomReadOptions _options;
    private readonly WarningList _warnings;
    private TapeBuilder _tape;
    private bool _isFileMeta;
    private Carry _carry;
    private EncodingGuess _encoding;
    private ReadFrame[] _stack = [];
    private int _depth;
    private int _sequences;
    private Step _step;
    private int _carried;
    private int _need;
    private long _position;
    private long _remaining;
    private Pending _value;
    private long _keptBytes;
    private bool _signedPixels;

    /// <param name="source">The whole input, when values may be slices of it; its first byte has offset 0.</param>
    public DataSetParser(
        EncodingGuess encoding, long offset, bool isFileMeta, ReadOnlyMemory<byte>? source,
        DicomReadOptions options, WarningList warnings)
    {
        _options = options;
        _warnings = warnings;
        Begin(encoding, offset, isFileMeta, source);
    }

    private enum Step
    {
        Header = 0,
        Value,
        Skip,
        Scan,
        Stopped,
    }

    /// <summary>Where the input became unreadable or ended too early; null if it did not.</summary>
    public long? TruncatedAt { get; private set; }

    /// <summary>Whether nothing more will be understood.</summary>
    public bool IsStopped => _step == Step.Stopped;

    /// <summary>The encoding in which the first element was found.</summary>
    public EncodingGuess Encoding => _encoding;

    /// <summary>Bytes that may be passed over without looking at them.</summary>
    public long Skippable => _step == Step.Skip ? _remaining : 0;

    /// <summary>The byte that comes next.</summary>
    public long Position => _position;

    /// <summary>Bytes taken but not understood when the parser stopped: the beginning of what follows.</summary>
    public ReadOnlySpan<byte> Unread => _carry[.._carried];

    public TapeBuilder Tape => _tape;

    private bool IsBigEndian => Top.BigEndian;

    private ref ReadFrame Top => ref _stack[_depth];

    /// <summary>
    /// Begins anew, with another tape: of all that comes by C-STORE a reader sees file meta and then a data set, and need not
    /// be made twice for it.
    /// </summary>
    [MemberNotNull(nameof(_tape))]
    public void Begin(EncodingGuess encoding, long offset, bool isFileMeta, ReadOnlyMemory<byte>? source)
    {
        _encoding = encoding;
        _position = offset;
        _isFileMeta = isFileMeta;
        _tape = new TapeBuilder(source, _options.MaxElements);
        (_depth, _sequences, _step, _carried, _need) = (0, 0, Step.Header, 0, ShortHeader);
        (_remaining, _value, _keptBytes, _signedPixels) = (0, default, 0, false);
        TruncatedAt = null;
        BeginPixels();
        BeginRecovery();
        _stack = ArrayPool<ReadFrame>.Shared.Rent(InitialDepth);
        _stack[0] = new ReadFrame
        {
            Implicit = !encoding.IsExplicitVr,
            BigEndian = encoding.ByteOrder == ByteOrder.BigEndian,
            End = ReadFrame.Undefined,
            Row = -1,
            LastRow = -1,
            Start = offset,
        };
    }

    /// <summary>Takes bytes and gives how many; fewer than all only when it has stopped.</summary>
    public int Consume(ReadOnlySpan<byte> input)
    {
        int total = input.Length;
        while (_step != Step.Stopped)
        {
            if (_step == Step.Header)
            {
                if (_carried == 0)
                {
                    CloseEnded();
                    if (_step != Step.Header)
                    {
                        continue;
                    }
                }

                if (_carried == 0 && input.Length >= LongHeader)
                {
                    input = input[Math.Max(0, Header(input))..];
                }
                else if (!TryHeaderFromCarry(ref input))
                {
                    break;
                }

                continue;
            }

            if (_remaining == 0 && _step != Step.Scan)
            {
                FinishPending();
                continue;
            }

            if (input.IsEmpty)
            {
                break;
            }

            input = input[(_step == Step.Scan ? Scan(input) : Take(input))..];
        }

        return total - input.Length;
    }

    /// <summary>Passes over bytes that the caller knows to be there.</summary>
    public void Skip(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Skippable);
        _position += bytes;
        _remaining -= bytes;
    }

    // Headers that are split over pieces of input are put together here.
    private bool TryHeaderFromCarry(ref ReadOnlySpan<byte> input)
    {
        int taken = Math.Min(_need - _carried, input.Length);
        input[..taken].CopyTo(_carry[_carried..]);
        _carried += taken;
        input = input[taken..];
        if (_carried < _need)
        {
            return false;
        }

        CloseEnded();
        int used = _step == Step.Header ? Header(_carry[.._carried]) : 0;
        if (used < 0)
        {
            _need = LongHeader;
            return true;
        }

        _need = ShortHeader;
        if (_step == Step.Stopped)
        {
            return true;
        }

        Span<byte> rest = stackalloc byte[LongHeader];
        int left = _carried - used;
        _carry[used.._carried].CopyTo(rest);
        if (_step == Step.Header)
        {
            rest[..left].CopyTo(_carry);
            _carried = left;
            _need = Math.Max(ShortHeader, left);
        }
        else
        {
            _carried = 0;
            Consume(rest[..left]);
        }

        return true;
    }

    private int Take(ReadOnlySpan<byte> input)
    {
        int count = (int)Math.Min(_remaining, input.Length);
        if (_step == Step.Value && _tape.CopiesValues)
        {
            _tape.Append(input[..count]);
        }

        _position += count;
        _remaining -= count;
        return count;
    }

    private void Stop(ReadTolerance tolerance, uint tag)
    {
        Warn(tolerance, _position, tag);
        _step = Step.Stopped;
    }

    private void Warn(ReadTolerance tolerance, long offset, uint tag) =>
        _warnings.Add(tolerance, offset, new DicomTag(tag));

    private uint ReadTag(ReadOnlySpan<byte> bytes) => EncodingGuess.ReadTag(bytes, IsBigEndian);

    private ushort ReadUInt16(ReadOnlySpan<byte> bytes) => IsBigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(bytes)
        : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private uint ReadUInt32(ReadOnlySpan<byte> bytes) => IsBigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
        : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>The beginning of a header that is split over pieces of input.</summary>
    [InlineArray(LongHeader)]
    private struct Carry
    {
        private byte _first;
    }

    /// <summary>The value that is going by.</summary>
    private struct Pending
    {
        public uint Tag;
        public DicomVr Vr;
        public long Offset;
        public long Length;
        public int Position;
        public bool LittleEndian;
    }
}
