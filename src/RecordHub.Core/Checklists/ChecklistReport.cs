namespace RecordHub.Core.Checklists;

/// <summary>What is here and what is missing in a case: blockers first, what is present last.</summary>
/// <param name="Specialty">The checklist that was applied.</param>
/// <param name="Note">What its authors want its readers to know.</param>
/// <param name="Findings">The findings.</param>
public sealed record ChecklistReport(string Specialty, string Note, IReadOnlyList<ChecklistFinding> Findings)
{
    /// <summary>What stands in the way of a complete package.</summary>
    public IEnumerable<ChecklistFinding> Blockers => Findings.Where(finding => finding.IsBlocker);

    /// <summary>Everything that is not as it should be.</summary>
    public IEnumerable<ChecklistFinding> Open => Findings.Where(finding => finding.Outcome != ChecklistOutcome.Present);
}
