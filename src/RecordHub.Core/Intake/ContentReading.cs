using System.Security.Cryptography;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Intake;

/// <summary>What is learnt of some bytes while they go by: their hashes and, of an instance, its header.</summary>
internal sealed class ContentReading : IDisposable
{
    private const int MostUidCharacters = 64;

    private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly InstanceDigest? _digest;
    private readonly DicomHeaderReader? _header;
    private readonly ContentKind _kind;
    private readonly Source _source;
    private readonly bool _saysDicom;
    private bool _unreadable;
    private string? _sopInstanceUid;
    private long _dataSetOffset;

    internal ContentReading(ContentKind kind, ReadOnlySpan<byte> head, Source source)
    {
        _kind = kind;
        _source = source;
        if (kind == ContentKind.DicomInstance)
        {
            _saysDicom = DicomSignature.HasPrefix(head);
            _header = new DicomHeaderReader { Lends = true };
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
        _whole.AppendData(bytes);
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
            _digest?.Begin(bytes, _header);
        }
        else
        {
            _digest?.Add(bytes);
        }
    }

    internal void Complete()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _whole.GetHashAndReset(digest);
        Blob = ContentHash.FromDigest(digest);
        Content = Blob;
        if (_header is null || _unreadable)
        {
            return;
        }

        DicomHeader header;
        try
        {
            header = _header.Complete();
        }
        catch (DicomFormatException failure)
        {
            GiveUp(failure);
            return;
        }

        _sopInstanceUid = Text(header.DataSet, DicomTags.SOPInstanceUID);
        _dataSetOffset = header.DataSetOffset;
        Warning = header.TruncatedAt is { } end ? $"Stored as it came: the data set breaks off at byte {end - _dataSetOffset}" : null;

        // Data sets that end before they name their instance may be equal (empty) in files that are not: the file counts.
        Content = _sopInstanceUid is null ? Blob : _digest?.Complete(header, Blob) ?? Blob;
        Refusal = IntakeRules.Announced(_source, Text(header.DataSet, DicomTags.SOPClassUID), _sopInstanceUid);
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
        _whole.Dispose();
        _digest?.Dispose();
        _header?.Dispose();
    }

    private void GiveUp(DicomFormatException failure)
    {
        _unreadable = true;
        Refusal = IntakeRules.Unreadable(_source, _saysDicom, failure.Message);
    }

    // As written, without padding, so that it can be compared with the command's; longer than a UID may be is none.
    private static string? Text(DicomDataSet dataSet, DicomTag tag) =>
        dataSet.GetString(tag)?.Trim(' ', '\0') is { Length: > 0 and <= MostUidCharacters } text ? text : null;
}
