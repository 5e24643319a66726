using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <summary>
/// Understands a header while its bytes go by: a file (PS3.10), or a bare data set from the network or an old archive.
/// Memory does not grow with pixels, and nothing declared is allocated before it is there.
/// </summary>
/// <remarks>
/// What hospitals write against the standard is read and named in <see cref="DicomHeader.Warnings"/>. The only exception
/// on any input is <see cref="DicomFormatException"/>; after it the reader takes further bytes without a word, so that a
/// sender can be heard to the end, and <see cref="Complete"/> throws it again.
/// </remarks>
public sealed partial class DicomHeaderReader : IDisposable
{
    private const int PreambleLength = 128;
    private const int MostUidBytes = 128;
    private const int StartLength = PreambleLength + 4 + EncodingGuess.Length;

    private readonly DicomReadOptions _options;
    private readonly WarningList _warnings;
    private readonly ReadOnlyMemory<byte>? _source;
    private TransferSyntax? _declared;
    private byte[]? _gather;
    private int _gathered;
    private Phase _phase;
    private long _inputLength;
    private long _metaStart;
    private long _dataSetOffset;
    private DataSetParser? _metaParser;
    private TapeBuilder? _metaTape;
    private DataSetParser? _dataParser;
    private Inflater? _inflater;
    private DicomFormatException? _failure;
    private DicomHeader? _result;

    /// <param name="dataSetSyntax">Given for a bare data set from the network; null: a file, or find out.</param>
    public DicomHeaderReader(TransferSyntax? dataSetSyntax = null, DicomReadOptions? options = null)
        : this(dataSetSyntax, options, source: null)
    {
    }

    internal DicomHeaderReader(
        TransferSyntax? dataSetSyntax, DicomReadOptions? options, ReadOnlyMemory<byte>? source)
    {
        _options = options ?? DicomReadOptions.Default;
        _warnings = new WarningList(_options.MaxWarnings);
        _declared = dataSetSyntax;
        _source = source;
        _phase = dataSetSyntax is null ? Phase.Start : Phase.Peek;
    }

    private enum Phase
    {
        /// <summary>Finding out what kind of input this is.</summary>
        Start = 0,

        FileMeta,

        /// <summary>Waiting for the first element's header, to see how the data set is encoded.</summary>
        Peek,

        DataSet,
        Deflated,
        Done,
    }

    /// <summary>Bytes that a caller who can seek may leave out, telling so by <see cref="Skip"/>.</summary>
    public long Skippable => _phase switch
    {
        Phase.DataSet => _dataParser?.Skippable ?? 0,
        _ => 0,
    };

    /// <summary>The byte of the input where the data set begins; null while the input has not come that far.</summary>
    public long? DataSetOffset => _phase is Phase.Start or Phase.FileMeta ? null : _dataSetOffset;

    /// <summary>The syntax in which the data set is read; null while its first element has not come.</summary>
    public TransferSyntax? TransferSyntax => _dataParser is null ? null : SyntaxRead();

    /// <summary>
    /// The byte of the input at which it ended too early or became unreadable; null for a whole one. Told after
    /// <see cref="End"/>.
    /// </summary>
    public long? TruncatedAt { get; private set; }

    /// <summary>Whether the rest of the input will not be looked at.</summary>
    public bool IsDone => _phase == Phase.Done || (_phase == Phase.DataSet && _dataParser?.IsStopped == true);

    /// <summary>Takes the next bytes of the input, in pieces of any size.</summary>
    /// <exception cref="DicomFormatException">The input is no DICOM.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _inputLength += bytes.Length;
        if (_failure is not null)
        {
            return;
        }

        try
        {
            Feed(bytes);
        }
        catch (DicomFormatException failure)
        {
            _failure = failure;
            throw;
        }
    }

    /// <summary>
    /// The bytes of a value of the outermost data set that has gone by already; none when it has not, or was not kept. To
    /// be asked before <see cref="Complete"/>, by who needs little of a header, or needs it while the rest is still coming.
    /// </summary>
    public ReadOnlySpan<byte> FindValue(DicomTag tag) =>
        _result is null && _dataParser is { } parser ? parser.Tape.ValueOf(tag) : [];

    /// <summary>The same of a UID; none when it is not one.</summary>
    public Uid FindUid(DicomTag tag) => FindValue(tag) is { Length: <= MostUidBytes } value ? Uid.Read(value) : Uid.None;

    /// <summary>Passes over bytes of the input, at most <see cref="Skippable"/>, without giving them.</summary>
    public void Skip(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Skippable);
        _dataParser?.Skip(bytes);
        _inputLength += bytes;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _inflater?.Dispose();
        _metaTape?.Return();
        _dataParser?.Tape.Return();
    }
}
