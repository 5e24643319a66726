using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Media;

/// <summary>A file that a DICOMDIR names.</summary>
/// <param name="FileId">The components of Referenced File ID (0004,1500), as written.</param>
public sealed record DirectoryReference(
    IReadOnlyList<string> FileId, string RecordType, Uid SopClassUid, Uid SopInstanceUid, Uid TransferSyntaxUid)
{
    /// <summary>The components joined by slashes.</summary>
    public string Path => string.Join('/', FileId);
}
