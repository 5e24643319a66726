using System.Security.Cryptography;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;

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

    /// <summary>Takes the first piece of the file, once the reader has.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="reader">What was understood of it.</param>
    /// <param name="names">The UIDs that the reader has found by now.</param>
    internal void Begin(ReadOnlySpan<byte> piece, DicomHeaderReader reader, SopReference names)
    {
        _all = null;
        if (reader is { DataSetOffset: { } offset, TransferSyntax: { } syntax } && offset <= piece.Length)
        {
            Begin(piece, (int)offset, names, syntax.Uid);
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
    internal ContentHash Complete(DicomHeaderReader reader, SopReference names, ContentHash file)
    {
        if (_all is { } all)
        {
            Begin(all, reader, names);
        }

        if (_isFile || _hash is null)
        {
            return file;
        }

        ContentHash digest = Hashes.End(_hash);
        _hash = null;
        return digest;
    }

    /// <inheritdoc />
    public void Dispose() => _hash?.Dispose();

    private void Begin(ReadOnlySpan<byte> piece, int offset, SopReference names, Uid syntax)
    {
        // At most three UIDs of 64 characters, and constants.
        Span<byte> own = stackalloc byte[FileMetaWriter.LengthOf(names.SopClass, names.SopInstance, syntax)];
        FileMetaWriter.Write(own, names.SopClass, names.SopInstance, syntax);
        _isFile = piece[..offset].SequenceEqual(own);
        if (!_isFile)
        {
            _hash = Hashes.Rent();
            _hash.AppendData(own);
            _hash.AppendData(piece[offset..]);
        }
    }
}
