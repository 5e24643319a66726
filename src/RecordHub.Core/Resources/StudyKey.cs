using RecordHub.Core.Cases;

namespace RecordHub.Core.Resources;

/// <summary>A DICOM study within a case.</summary>
public readonly record struct StudyKey(CaseNumber Case, string StudyInstanceUid);
