namespace RecordHub.Core.Identity.Matching;

/// <summary>How far two sets of identifiers agree. Only what its issuer issued counts.</summary>
internal static class IdentifierLevels
{
    internal static (MatchLevel Level, PatientIdentifier? Claimed, PatientIdentifier? Known) Of(
        IReadOnlyList<PatientIdentifier> claimed, IReadOnlyList<PatientIdentifier> known)
    {
        PatientIdentifier? otherClaimed = null;
        PatientIdentifier? otherKnown = null;
        (PatientIdentifier Claimed, PatientIdentifier Known)? padded = null;
        foreach (PatientIdentifier one in claimed)
        {
            foreach (PatientIdentifier other in known)
            {
                if (one == other)
                {
                    return (MatchLevel.Exact, one, other);
                }

                if (one.Issuer == other.Issuer)
                {
                    otherClaimed ??= one;
                    otherKnown ??= other;
                    padded ??= Bare(one.Value) == Bare(other.Value) ? (one, other) : null;
                }
            }
        }

        return padded is { } pair ? (MatchLevel.Padded, pair.Claimed, pair.Known)
            : otherClaimed is null ? (MatchLevel.Unsaid, null, null)
            : (MatchLevel.Different, otherClaimed, otherKnown);
    }

    private static string Bare(string value) =>
        string.Concat(value.Where(char.IsLetterOrDigit)).ToUpperInvariant().TrimStart('0');
}
