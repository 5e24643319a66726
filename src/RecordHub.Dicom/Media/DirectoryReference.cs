using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Media;

/// <summary>A file that a DICOMDIR names.</summary>
/// <param name="FileId">The components of Referenced File ID (0004,1500), as written.</param>
public sealed record DirectoryReference(
    IReadOnlyList<string> FileId, string RecordType, Uid SopClassUid, Uid SopInstanceUid, Uid TransferSyntaxUid)
{
    /// <summary>The Patient ID of the patient below whom it is listed; null when that is not sure, or not said.</summary>
    public string? PatientId { get; init; }

    /// <summary>The components joined by slashes.</summary>
    public string Path => string.Join('/', FileId);

    /// <summary>The type only: it names a patient.</summary>
    public override string ToString() => nameof(DirectoryReference);
}
