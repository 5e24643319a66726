namespace RecordHub.Core.Completeness;

/// <summary>Whether all of a study is here, and why that is believed.</summary>
/// <param name="State">The verdict.</param>
/// <param name="Reasons">At least one; what is missing comes first.</param>
public sealed record StudyVerdict(CompletenessState State, IReadOnlyList<CompletenessReason> Reasons)
{
    /// <summary>The sentences of what is missing.</summary>
    public IEnumerable<string> Lacks =>
        Reasons.Where(reason => reason.Weight == ReasonWeight.Lacks).Select(reason => reason.Sentence);
}
