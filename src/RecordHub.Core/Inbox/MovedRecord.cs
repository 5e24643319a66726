using RecordHub.Core.Cases;

namespace RecordHub.Core.Inbox;

/// <summary>A held record that a decision would file.</summary>
/// <param name="Record">The record as it is now.</param>
/// <param name="Because"><c>chosen</c>, <c>same-study</c>, <c>same-patient</c>, or <c>identifier</c>: by what the decision teaches.</param>
/// <param name="Case">Where it would go.</param>
public sealed record MovedRecord(HeldRecord Record, string Because, CaseNumber Case)
{
    /// <summary>The type only: the record names a patient.</summary>
    public override string ToString() => nameof(MovedRecord);
}
