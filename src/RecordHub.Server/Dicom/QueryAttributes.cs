using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Server.Dicom;

/// <summary>Of which level an attribute is: all instances below share it (PS3.4 §C.6.1.1, PS3.3 §A.1.2). Pure.</summary>
internal static class QueryAttributes
{
    private static readonly HashSet<DicomTag> s_patient =
    [
        DicomTags.PatientName, DicomTags.PatientID, DicomTags.IssuerOfPatientID, DicomTags.PatientBirthDate,
        DicomTags.PatientBirthTime, DicomTags.PatientSex, DicomTags.OtherPatientNames, DicomTags.OtherPatientIDsSequence,
        DicomTags.EthnicGroup, DicomTags.PatientComments, DicomTags.PatientSpeciesDescription,
    ];

    private static readonly HashSet<DicomTag> s_study =
    [
        DicomTags.StudyInstanceUID, DicomTags.StudyDate, DicomTags.StudyTime, DicomTags.AccessionNumber, DicomTags.StudyID,
        DicomTags.StudyDescription, DicomTags.ModalitiesInStudy, DicomTags.ReferringPhysicianName,
        DicomTags.NameOfPhysiciansReadingStudy,
        DicomTags.PhysiciansOfRecord, DicomTags.ProcedureCodeSequence, DicomTags.AdmittingDiagnosesDescription,
        DicomTags.PatientAge, DicomTags.PatientSize, DicomTags.PatientWeight, DicomTags.Occupation,
        DicomTags.AdditionalPatientHistory,
    ];

    private static readonly HashSet<DicomTag> s_series =
    [
        DicomTags.SeriesInstanceUID, DicomTags.SeriesNumber, DicomTags.Modality, DicomTags.SeriesDescription,
        DicomTags.SeriesDate, DicomTags.SeriesTime, DicomTags.BodyPartExamined, DicomTags.Laterality,
        DicomTags.PatientPosition, DicomTags.ProtocolName, DicomTags.OperatorsName, DicomTags.PerformingPhysicianName,
        DicomTags.InstitutionName, DicomTags.InstitutionalDepartmentName, DicomTags.StationName, DicomTags.Manufacturer,
        DicomTags.ManufacturerModelName, DicomTags.PerformedProcedureStepStartDate,
        DicomTags.PerformedProcedureStepStartTime, DicomTags.PerformedProcedureStepID,
        DicomTags.PerformedProcedureStepDescription, DicomTags.RequestAttributesSequence,
    ];

    /// <summary>The level of an attribute; what is of no level above is the instance's.</summary>
    public static InstanceLevel LevelOf(DicomTag tag) =>
        s_patient.Contains(tag) ? InstanceLevel.Patient
        : s_study.Contains(tag) ? InstanceLevel.Study
        : s_series.Contains(tag) ? InstanceLevel.Series
        : InstanceLevel.Instance;

    /// <summary>What a match has that no instance has: counts and the like; null for any other attribute.</summary>
    public static string? Computed(DicomTag tag, InstanceLevel level, InstanceMatch match) => (level, tag.Value) switch
    {
        (InstanceLevel.Patient, 0x0020_1200) => Text(match.NumberOfStudies),
        (InstanceLevel.Patient, 0x0020_1202) or (InstanceLevel.Study, 0x0020_1206) => Text(match.NumberOfSeries),
        (InstanceLevel.Patient, 0x0020_1204) or (InstanceLevel.Study, 0x0020_1208)
            or (InstanceLevel.Series, 0x0020_1209) => Text(match.NumberOfInstances),
        (InstanceLevel.Study, 0x0008_0061) => string.Join('\\', match.ModalitiesInStudy),
        (InstanceLevel.Instance, 0x0008_3002) => match.Sample.Facts.TransferSyntaxUid,
        _ => null,
    };

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
