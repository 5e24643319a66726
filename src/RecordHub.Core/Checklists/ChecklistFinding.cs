namespace RecordHub.Core.Checklists;

/// <summary>One line of what is here and what is missing.</summary>
/// <param name="Item">The checklist item's id, or the kind of finding where no item asked for it.</param>
/// <param name="Label">What it is, in words.</param>
/// <param name="Level">How much it is needed.</param>
/// <param name="Outcome">What is the matter.</param>
/// <param name="Detail">What was found, or what is wrong, in one sentence.</param>
/// <param name="Reason">Why it is needed.</param>
/// <param name="AskText">What to ask a site for; empty when there is nothing to ask for.</param>
public sealed record ChecklistFinding(
    string Item, string Label, ChecklistLevel Level, ChecklistOutcome Outcome, string Detail, string Reason,
    string AskText)
{
    /// <summary>Whether a package should not be published before this is settled.</summary>
    public bool IsBlocker => Level == ChecklistLevel.Required
        && Outcome is ChecklistOutcome.Missing or ChecklistOutcome.Stale or ChecklistOutcome.Partial
            or ChecklistOutcome.ImagesWithoutReport;
}
