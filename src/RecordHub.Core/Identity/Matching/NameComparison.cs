namespace RecordHub.Core.Identity.Matching;

/// <summary>How far two names agree: the best of any writing of the one with any of the other.</summary>
internal sealed record NameComparison(
    MatchLevel Family, MatchLevel Given, NormalName Claimed, NormalName Known, double FamilyBits, double GivenBits)
{
    internal double Bits => FamilyBits + GivenBits;

    /// <summary>The best pair; null when one of the two sides has no name.</summary>
    /// <remarks>
    /// Ideographs tell apart people whose names are romanised alike, so where both sides have them they have to agree as well.
    /// </remarks>
    internal static NameComparison? Best(
        IReadOnlyList<NormalName> claimed, IReadOnlyList<NormalName> known, MatchWeights weights)
    {
        NameComparison? letters = Among(claimed, known, weights, ideographic: false);
        NameComparison? signs = Among(claimed, known, weights, ideographic: true);
        return letters is null || (signs is not null && signs.Given == MatchLevel.Different) ? signs
            : signs is null || signs.Bits < letters.Bits ? letters : signs;
    }

    public override string ToString() => nameof(NameComparison);

    private static NameComparison? Among(
        IReadOnlyList<NormalName> claimed, IReadOnlyList<NormalName> known, MatchWeights weights, bool ideographic)
    {
        NameComparison? best = null;
        foreach (NormalName one in claimed)
        {
            foreach (NormalName other in known)
            {
                if (one.IsIdeographic == ideographic && other.IsIdeographic == ideographic)
                {
                    NameComparison pair = Of(one, other, weights);
                    best = best is null || pair.Bits > best.Bits ? pair : best;
                }
            }
        }

        return best;
    }

    private static NameComparison Of(NormalName claimed, NormalName known, MatchWeights weights)
    {
        NameComparison straight = Straight(claimed, known, weights);
        if (straight is { Family: MatchLevel.Exact, Given: MatchLevel.Exact } || claimed.Given.IsEmpty || known.Given.IsEmpty)
        {
            return straight;
        }

        NameComparison exchanged = Straight(claimed.Swapped(), known, weights);
        return exchanged is { Family: MatchLevel.Exact, Given: MatchLevel.Exact }
            ? exchanged with
            {
                Family = MatchLevel.Swapped,
                Claimed = claimed,
                FamilyBits = exchanged.FamilyBits + weights.SwappedPenalty,
            }
            : straight;
    }

    private static NameComparison Straight(NormalName claimed, NormalName known, MatchWeights weights)
    {
        bool cut = claimed.MayBeCut || known.MayBeCut;
        MatchLevel family = NameLevels.OfFamily(claimed, known, cut);
        MatchLevel given = NameLevels.OfGiven(claimed.Given, known.Given, cut, weights);
        return new NameComparison(
            family, given, claimed, known,
            weights.Bits(MatchField.FamilyName, family, known.FamilyCore, claimed.FamilyCore),
            weights.Bits(MatchField.GivenName, given, First(known.Given), First(claimed.Given)));
    }

    private static NamePart First(NamePart part) =>
        part.Words.Count > 1 ? part.Without(word => word != part.Words[0][0]) : part;
}
