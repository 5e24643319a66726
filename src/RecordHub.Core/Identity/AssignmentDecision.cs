using RecordHub.Core.Cases;

namespace RecordHub.Core.Identity;

/// <summary>Where a record belongs, and why.</summary>
public abstract record AssignmentDecision
{
    private AssignmentDecision()
    {
    }

    /// <summary>Into a case.</summary>
    /// <param name="Case">The case.</param>
    /// <param name="Because">A short reason code.</param>
    /// <param name="Explanation">One sentence for a coordinator.</param>
    /// <param name="Evidence">What spoke for it, a line each.</param>
    /// <param name="Links">Identifiers of the record that are now known to be the patient's.</param>
    public sealed record File(
        CaseFile Case, string Because, string Explanation, IReadOnlyList<string> Evidence,
        IReadOnlyList<IdentifierLink> Links) : AssignmentDecision
    {
        /// <inheritdoc />
        public override string ToString() => nameof(File);
    }

    /// <summary>Nowhere: it says nothing of anybody who is known, and is looked at again when somebody is.</summary>
    /// <param name="Reason">A short reason code.</param>
    /// <param name="Explanation">One sentence for a coordinator.</param>
    /// <param name="Evidence">What it says, a line each.</param>
    public sealed record Pass(string Reason, string Explanation, IReadOnlyList<string> Evidence) : AssignmentDecision
    {
        /// <inheritdoc />
        public override string ToString() => nameof(Pass);
    }

    /// <summary>Into the inbox.</summary>
    /// <param name="Reason">A short reason code.</param>
    /// <param name="Explanation">One sentence for a coordinator.</param>
    /// <param name="Evidence">What spoke for and against, a line each.</param>
    /// <param name="SuggestedCases">Cases that it could belong to.</param>
    public sealed record Hold(
        string Reason, string Explanation, IReadOnlyList<string> Evidence, IReadOnlyList<CaseNumber> SuggestedCases)
        : AssignmentDecision
    {
        /// <inheritdoc />
        public override string ToString() => nameof(Hold);
    }
}
