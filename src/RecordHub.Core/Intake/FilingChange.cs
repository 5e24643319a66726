using RecordHub.Core.Identity;

namespace RecordHub.Core.Intake;

/// <summary>What a saved filing changed beyond its own item: other records that carry these identifiers look different now.</summary>
/// <param name="Learnt">Identifiers that were nobody's before.</param>
/// <param name="Forgotten">Identifiers that nothing speaks for any more.</param>
public sealed record FilingChange(
    IReadOnlyList<PatientIdentifier> Learnt, IReadOnlyList<PatientIdentifier> Forgotten);
