using System.Security.Cryptography;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Intake;

/// <summary>
/// What makes an instance the same again, whatever file it came in: the hash of its data set behind the preamble and file
/// meta that we write ourselves, for the UIDs and the syntax that the data set has (docs/decisions/0023). Of a file that
/// is written so, such as everything that comes by C-STORE, that is the hash of the file, and nothing is hashed twice.
/// </summary>
internal sealed class InstanceDigest : IDisposable
{
    private IncrementalHash? _hash;
    private byte[]? _all;
    private bool _isFile;

    /// <summary>Takes the first piece of the file, once the reader has; UIDs are looked for in it.</summary>
    internal void Begin(ReadOnlySpan<byte> piece, DicomHeaderReader reader)
    {
        if (reader is { DataSetOffset: { } offset, TransferSyntax: { } syntax })
        {
            Begin(
                piece, (int)offset, reader.FindUid(DicomTags.SOPClassUID), reader.FindUid(DicomTags.SOPInstanceUID), syntax);
            return;
        }

        // So short that its parts are only told at its end; or its file meta is as long as a piece, and the file counts.
        _all = piece.ToArray();
    }

    /// <summary>Takes a further piece.</summary>
    internal void Add(ReadOnlySpan<byte> piece)
    {
        _hash?.AppendData(piece);
        _all = null;
    }

    /// <summary>The digest of an instance whose file has ended, and has the given hash.</summary>
    internal ContentHash Complete(DicomHeader header, ContentHash file)
    {
        if (_all is { } all && header.DataSetOffset <= all.Length)
        {
            Begin(
                all, (int)header.DataSetOffset, header.DataSet.GetUid(DicomTags.SOPClassUID),
                header.DataSet.GetUid(DicomTags.SOPInstanceUID), header.TransferSyntax);
        }

        if (_isFile || _hash is null)
        {
            return file;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(digest);
        return ContentHash.FromDigest(digest);
    }

    /// <inheritdoc />
    public void Dispose() => _hash?.Dispose();

    private void Begin(ReadOnlySpan<byte> piece, int offset, Uid sopClass, Uid instance, TransferSyntax syntax)
    {
        // At most three UIDs of 64 characters, and constants.
        Span<byte> own = stackalloc byte[FileMetaWriter.LengthOf(sopClass, instance, syntax.Uid)];
        FileMetaWriter.Write(own, sopClass, instance, syntax.Uid);
        _isFile = piece[..offset].SequenceEqual(own);
        if (!_isFile)
        {
            _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            _hash.AppendData(own);
            _hash.AppendData(piece[offset..]);
        }
    }
}
