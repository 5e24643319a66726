using RecordHub.Core.Cases;

namespace RecordHub.Core.Intake;

/// <summary>A person said that series of a study belong to another case.</summary>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="Series">Series that were moved as a whole.</param>
/// <param name="From">Where they were.</param>
/// <param name="To">Where they belong.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
public sealed record SeriesMove(
    string StudyInstanceUid, IReadOnlyList<string> Series, CaseNumber From, CaseNumber To, string By, DateTimeOffset At);
