namespace RecordHub.Core.Normalization;

/// <summary>
/// What the header of one DICOM instance says that ImagingStudy (R4) and QIDO-RS (PS3.18 §10.6) need. Text is UTF-8 as
/// decoded, dates and times are kept as written; null means absent or empty.
/// </summary>
public sealed record InstanceFacts
{
    public required string StudyInstanceUid { get; init; }
    public required string SeriesInstanceUid { get; init; }
    public required string SopInstanceUid { get; init; }
    public required string SopClassUid { get; init; }
    public required string TransferSyntaxUid { get; init; }

    /// <summary>Where the data set begins in the Part 10 file.</summary>
    public long DataSetOffset { get; init; }

    /// <summary>PatientName (0010,0010) as written, all groups.</summary>
    public string? PatientName { get; init; }
    public string? PatientId { get; init; }
    public string? IssuerOfPatientId { get; init; }
    public string? PatientBirthDate { get; init; }
    public string? PatientSex { get; init; }
    public string? StudyDate { get; init; }
    public string? StudyTime { get; init; }
    public string? TimezoneOffsetFromUtc { get; init; }
    public string? AccessionNumber { get; init; }
    public string? StudyId { get; init; }
    public string? StudyDescription { get; init; }
    public string? ReferringPhysicianName { get; init; }
    public string? InstitutionName { get; init; }
    public string? Modality { get; init; }
    public string? SeriesDate { get; init; }
    public string? SeriesTime { get; init; }
    public string? SeriesDescription { get; init; }
    public int? SeriesNumber { get; init; }
    public string? BodyPartExamined { get; init; }
    public string? Laterality { get; init; }
    public string? PerformedProcedureStepStartDate { get; init; }
    public string? PerformedProcedureStepStartTime { get; init; }
    public int? InstanceNumber { get; init; }
    public int? Rows { get; init; }
    public int? Columns { get; init; }
    public int? NumberOfFrames { get; init; }

    /// <summary>Title of a document or report, or the image's comment; for ImagingStudy.series.instance.title.</summary>
    public string? Title { get; init; }

    /// <summary>The header in DICOM JSON (PS3.18 Annex F), bulk data by relative <c>BulkDataURI</c>; one object, UTF-8.</summary>
    public required ReadOnlyMemory<byte> Metadata { get; init; }

    /// <summary>The type only: the members name a patient.</summary>
    public override string ToString() => nameof(InstanceFacts);
}
