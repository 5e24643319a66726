using RecordHub.Core.Normalization;

namespace RecordHub.Storage.Sql;

/// <summary>How a QIDO-RS key matches (PS3.4 §C.2.2.2).</summary>
internal enum MatchKind
{
    /// <summary>As written, with wildcards.</summary>
    Text,

    /// <summary>As written, with wildcards; a list may have commas too, which no code has.</summary>
    Code,

    /// <summary>As written, with wildcards; capitals and small letters are the same.</summary>
    Words,

    /// <summary>A list of UIDs.</summary>
    Uid,

    /// <summary>A range of dates.</summary>
    Date,

    /// <summary>A range of times.</summary>
    Time,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A person's name.</summary>
    Name,
}

/// <summary>A member of <see cref="InstanceFacts"/>: its DICOM keyword, its column, and how a search compares it.</summary>
internal sealed record InstanceColumn(string Keyword, string Column, MatchKind Kind, Func<InstanceFacts, SqlValue> Value)
{
    /// <summary>Whether the table <c>series</c> has it too; the others are an instance's own.</summary>
    internal bool IsOfSeries => Keyword is not ("SOPInstanceUID" or "SOPClassUID" or "TransferSyntaxUID" or "InstanceNumber"
        or "Rows" or "Columns" or "NumberOfFrames" or "Title");

    /// <summary>The columns of a search and of a row, in the order in which <see cref="InstanceRows"/> reads them.</summary>
    internal static IReadOnlyList<InstanceColumn> All { get; } =
    [
        new("StudyInstanceUID", "study_uid", MatchKind.Uid, facts => facts.StudyInstanceUid),
        new("SeriesInstanceUID", "series_uid", MatchKind.Uid, facts => facts.SeriesInstanceUid),
        new("SOPInstanceUID", "sop_uid", MatchKind.Uid, facts => facts.SopInstanceUid),
        new("SOPClassUID", "sop_class_uid", MatchKind.Uid, facts => facts.SopClassUid),
        new("TransferSyntaxUID", "transfer_syntax_uid", MatchKind.Uid, facts => facts.TransferSyntaxUid),
        new("PatientName", "patient_name", MatchKind.Name, facts => facts.PatientName),
        new("PatientID", "patient_id", MatchKind.Text, facts => facts.PatientId),
        new("IssuerOfPatientID", "issuer_of_patient_id", MatchKind.Text, facts => facts.IssuerOfPatientId),
        new("PatientBirthDate", "patient_birth_date", MatchKind.Date, facts => facts.PatientBirthDate),
        new("PatientSex", "patient_sex", MatchKind.Code, facts => facts.PatientSex),
        new("StudyDate", "study_date", MatchKind.Date, facts => facts.StudyDate),
        new("StudyTime", "study_time", MatchKind.Time, facts => facts.StudyTime),
        new("TimezoneOffsetFromUTC", "timezone", MatchKind.Text, facts => facts.TimezoneOffsetFromUtc),
        new("AccessionNumber", "accession_number", MatchKind.Text, facts => facts.AccessionNumber),
        new("StudyID", "study_id", MatchKind.Text, facts => facts.StudyId),
        new("StudyDescription", "study_description", MatchKind.Words, facts => facts.StudyDescription),
        new("ReferringPhysicianName", "referring_physician", MatchKind.Words, facts => facts.ReferringPhysicianName),
        new("InstitutionName", "institution", MatchKind.Words, facts => facts.InstitutionName),
        new("Modality", "modality", MatchKind.Code, facts => facts.Modality),
        new("SeriesDate", "series_date", MatchKind.Date, facts => facts.SeriesDate),
        new("SeriesTime", "series_time", MatchKind.Time, facts => facts.SeriesTime),
        new("SeriesDescription", "series_description", MatchKind.Words, facts => facts.SeriesDescription),
        new("SeriesNumber", "series_number", MatchKind.Number, facts => facts.SeriesNumber),
        new("BodyPartExamined", "body_part", MatchKind.Code, facts => facts.BodyPartExamined),
        new("Laterality", "laterality", MatchKind.Code, facts => facts.Laterality),
        new("PerformedProcedureStepStartDate", "procedure_start_date", MatchKind.Date,
            facts => facts.PerformedProcedureStepStartDate),
        new("PerformedProcedureStepStartTime", "procedure_start_time", MatchKind.Time,
            facts => facts.PerformedProcedureStepStartTime),
        new("InstanceNumber", "instance_number", MatchKind.Number, facts => facts.InstanceNumber),
        new("Rows", "rows", MatchKind.Number, facts => facts.Rows),
        new("Columns", "columns", MatchKind.Number, facts => facts.Columns),
        new("NumberOfFrames", "frames", MatchKind.Number, facts => facts.NumberOfFrames),
        new("Title", "title", MatchKind.Words, facts => facts.Title),
    ];
}
