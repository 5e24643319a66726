using System.Security.Cryptography;
using System.Text;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;

namespace RecordHub.Core.Intake;

/// <summary>What is learnt of some bytes while they go by: their hashes and, of an instance, its header.</summary>
internal sealed class ContentReading : IDisposable
{
    private const int MostUidCharacters = 64;
    private static readonly char[] s_padding = [' ', '\0'];

    private readonly InstanceDigest? _digest;
    private readonly DicomHeaderReader? _header;
    private readonly ContentKind _kind;
    private readonly Source _source;
    private readonly Announced _announced;
    private readonly bool _saysDicom;
    private IncrementalHash? _whole = Hashes.Rent();
    private bool _unreadable;
    private string? _sopInstanceUid;
    private long _dataSetOffset;

    internal ContentReading(ContentKind kind, ReadOnlySpan<byte> head, Source source, Announced announced)
    {
        _kind = kind;
        _source = source;
        _announced = announced;
        if (kind == ContentKind.DicomInstance)
        {
            _saysDicom = DicomSignature.HasPrefix(head);
            _header = new DicomHeaderReader();
            _digest = new InstanceDigest();
        }
    }

    /// <summary>Bytes so far.</summary>
    internal long Length { get; private set; }

    /// <summary>The answer when it is known that the bytes are not taken; null so far.</summary>
    internal IntakeOutcome? Refusal { get; private set; }

    /// <summary>What is odd about bytes that are taken all the same, once complete; null when nothing is.</summary>
    internal string? Warning { get; private set; }

    /// <summary>The hash of all bytes, once complete.</summary>
    internal ContentHash Blob { get; private set; }

    /// <summary>What makes it the same again (<see cref="ReceivedItem.Content"/>), once complete.</summary>
    internal ContentHash Content { get; private set; }

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        long start = Length;
        Length += bytes.Length;
        Whole.AppendData(bytes);
        if (_header is null || _unreadable)
        {
            return;
        }

        try
        {
            _header.Write(bytes);
        }
        catch (DicomFormatException failure)
        {
            GiveUp(failure);
            return;
        }

        if (start == 0)
        {
            _digest?.Begin(bytes, _header, Names(_header));
        }
        else
        {
            _digest?.Add(bytes);
        }
    }

    internal void Complete()
    {
        Blob = Hashes.End(Whole);
        _whole = null;
        Content = Blob;
        if (_header is null || _unreadable)
        {
            return;
        }

        try
        {
            _header.End();
        }
        catch (DicomFormatException failure)
        {
            GiveUp(failure);
            return;
        }

        _dataSetOffset = _header.DataSetOffset ?? 0;
        Warning = _header.TruncatedAt is { } end ? $"Stored as it came: the data set breaks off at byte {end - _dataSetOffset}" : null;

        SopReference names = Names(_header);
        IntakeOutcome? unplaced = IntakeRules.Placed(
            _source.Door, Uid.IsUid(_header.FindValue(DicomTags.StudyInstanceUID)),
            Uid.IsUid(_header.FindValue(DicomTags.SeriesInstanceUID)));
        Uid study = _announced.Study.IsNone ? Uid.None : _header.FindUid(DicomTags.StudyInstanceUID);
        string? sopClassUid = Text(_header, DicomTags.SOPClassUID, names.SopClass);
        _sopInstanceUid = Text(_header, DicomTags.SOPInstanceUID, names.SopInstance);

        // Data sets that end before they name their instance may be equal (empty) in files that are not: the file counts.
        Content = _sopInstanceUid is null ? Blob : _digest?.Complete(_header, names, Blob) ?? Blob;
        Refusal = IntakeRules.Announced(_source.Door, _announced.Instance, sopClassUid, _sopInstanceUid)
            ?? IntakeRules.OfStudy(_announced.Study, study)
            ?? unplaced;
    }

    internal ReceivedItem ToItem(ItemId id, DateTimeOffset now, BlobPlace? place) => new()
    {
        Id = id,
        ReceivedAt = now,
        Kind = _kind,
        Blob = Blob,
        Place = place,
        Length = Length,
        Content = Content,
        SopInstanceUid = _sopInstanceUid,
        DataSetOffset = _dataSetOffset,
        Source = _source,
    };

    /// <inheritdoc />
    public void Dispose()
    {
        _whole?.Dispose();
        _digest?.Dispose();
        _header?.Dispose();
    }

    private IncrementalHash Whole => _whole ?? throw new InvalidOperationException("The bytes have ended.");

    private void GiveUp(DicomFormatException failure)
    {
        _unreadable = true;
        Refusal = IntakeRules.Unreadable(_source, _saysDicom, failure.Message);
    }

    // What the header has of them by now.
    private SopReference Names(DicomHeaderReader header) => new(
        Name(header, DicomTags.SOPClassUID, _announced.Instance?.SopClass ?? Uid.None),
        Name(header, DicomTags.SOPInstanceUID, _announced.Instance?.SopInstance ?? Uid.None));

    // Those that were announced are not made anew.
    private static Uid Name(DicomHeaderReader header, DicomTag tag, Uid announced) =>
        !announced.IsNone && Ascii.Equals(header.FindValue(tag).Trim(" \0"u8), announced.ToString())
            ? announced
            : header.FindUid(tag);

    // As written, without padding, also what is no UID, to be compared with the command's; longer than one may be is none.
    private static string? Text(DicomHeaderReader header, DicomTag tag, Uid uid) =>
        (uid.IsNone ? header.Complete().DataSet.GetString(tag)?.Trim(s_padding) : uid.ToString())
            is { Length: > 0 and <= MostUidCharacters } text ? text : null;
}
