namespace RecordHub.Core.Completeness;

/// <summary>One piece of evidence in words: numbers only, nothing of a patient.</summary>
/// <param name="Kind">What it is known from.</param>
/// <param name="Weight">What it speaks for.</param>
/// <param name="Sentence">A sentence that names its kind of evidence.</param>
public sealed record CompletenessReason(EvidenceKind Kind, ReasonWeight Weight, string Sentence)
{
    /// <summary>The Series Instance UID that it is about; null: the whole study.</summary>
    public string? Series { get; init; }
}
