using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;

namespace RecordHub.Core.Intake;

/// <summary>What would become of a record.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="State">The state that it would have.</param>
/// <param name="Reason">A short code, or the name of what is no record.</param>
/// <param name="Explanation">One sentence; may name the patient. Empty when the reason says it all.</param>
/// <param name="Case">The case it would be in; none when in none.</param>
/// <param name="IsDuplicate">Whether these bytes are here already.</param>
public sealed record PreviewedRecord(
    ContentKind Kind, RecordState State, string Reason, string Explanation, CaseNumber Case, bool IsDuplicate)
{
    /// <summary>What of the item would not be taken; empty when all of it would.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    /// <summary>The type only: the explanation may name a patient.</summary>
    public override string ToString() => nameof(PreviewedRecord);

    internal static PreviewedRecord Of(ContentKind kind, RecordState state, string reason, string explanation) =>
        new(kind, state, reason, explanation, default, false);
}
