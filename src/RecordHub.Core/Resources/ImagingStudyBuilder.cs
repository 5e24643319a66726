namespace RecordHub.Core.Resources;

/// <summary>Builds R4 ImagingStudy from the instances of a study. Pure; the order of the instances does not matter.</summary>
public static class ImagingStudyBuilder
{
    /// <summary>The study; null when there is no instance.</summary>
    public static StoredResource? Build(StudyKey study, IReadOnlyList<StoredInstance> instances) => null;

    /// <summary>The case's DICOMweb service, which its studies point to.</summary>
    public static StoredResource Endpoint(Cases.CaseNumber number) => throw new NotSupportedException();

    /// <summary>The logical id of a study's ImagingStudy.</summary>
    public static string StudyId(StudyKey study) => ResourceId.Of(study.Case, "ImagingStudy", study.StudyInstanceUid);

    /// <summary>The logical id of a case's Endpoint.</summary>
    public static string EndpointId(Cases.CaseNumber number) => ResourceId.Of(number, "Endpoint", "dicomweb");
}
