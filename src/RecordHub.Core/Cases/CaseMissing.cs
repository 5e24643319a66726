using RecordHub.Core.Checklists;
using RecordHub.Core.Completeness;

namespace RecordHub.Core.Cases;

/// <summary>What a case lacks.</summary>
/// <param name="Checklist">What is here and what is missing, by content alone: as the next package says it.</param>
/// <param name="Studies">Whether each study is complete at this moment.</param>
public sealed record CaseMissing(ChecklistReport Checklist, IReadOnlyList<StudyCompleteness> Studies);
