namespace RecordHub.Core.Completeness;

/// <summary>A study of a case, and whether it is complete at this moment.</summary>
/// <param name="StudyInstanceUid">Which study.</param>
/// <param name="Name">Its modalities and its date.</param>
/// <param name="Instances">How many instances are here.</param>
/// <param name="Verdict">Whether these are all.</param>
public sealed record StudyCompleteness(string StudyInstanceUid, string Name, int Instances, StudyVerdict Verdict);
