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
    private readonly IncrementalHash? _dataSet;
    private readonly DicomHeaderReader? _header;
    private readonly ContentKind _kind;
    private readonly Source _source;
    private readonly bool _saysDicom;
    private byte[]? _first;
    private long _hashedFrom = -1;
    private bool _unreadable;
    private ContentHash _content;
    private string? _sopInstanceUid;
    private long _dataSetOffset;

    internal ContentReading(ContentKind kind, ReadOnlySpan<byte> head, Source source)
    {
        _kind = kind;
        _source = source;
        if (kind == ContentKind.DicomInstance)
        {
            _saysDicom = DicomSignature.HasPrefix(head);
            _header = new DicomHeaderReader();
            _dataSet = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
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

        HashDataSet(bytes, start);
    }

    internal void Complete()
    {
        Blob = Digest(_whole);
        _content = Blob;
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
        _content = _sopInstanceUid is null ? Blob : ContentOf(header);
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
        Content = _content,
        SopInstanceUid = _sopInstanceUid,
        DataSetOffset = _dataSetOffset,
        Source = _source,
    };

    /// <inheritdoc />
    public void Dispose()
    {
        _whole.Dispose();
        _dataSet?.Dispose();
        _header?.Dispose();
    }

    private void GiveUp(DicomFormatException failure)
    {
        _unreadable = true;
        Refusal = IntakeRules.Unreadable(_source, _saysDicom, failure.Message);
    }

    private void HashDataSet(ReadOnlySpan<byte> bytes, long start)
    {
        if (_hashedFrom >= 0)
        {
            _dataSet?.AppendData(bytes);
        }
        else if (_header?.DataSetOffset is { } offset)
        {
            // Found in an earlier piece only when file meta is as long as a piece: then the whole file counts instead.
            if (offset >= start)
            {
                _hashedFrom = offset;
                _dataSet?.AppendData(bytes[(int)Math.Min(offset - start, bytes.Length)..]);
            }
        }
        else if (start == 0)
        {
            // A file so short that its parts are only told at its end.
            _first = bytes.ToArray();
        }
    }

    private ContentHash ContentOf(DicomHeader header)
    {
        if (_hashedFrom == header.DataSetOffset && _dataSet is not null)
        {
            return Digest(_dataSet);
        }

        return _first is { } all && all.Length == Length && header.DataSetOffset <= Length
            ? ContentHash.FromDigest(SHA256.HashData(all.AsSpan((int)header.DataSetOffset)))
            : Blob;
    }

    private static ContentHash Digest(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return ContentHash.FromDigest(digest);
    }

    // As written, without padding, so that it can be compared with the command's; longer than a UID may be is none.
    private static string? Text(DicomDataSet dataSet, DicomTag tag) =>
        dataSet.GetString(tag)?.Trim(' ', '\0') is { Length: > 0 and <= MostUidCharacters } text ? text : null;
}
