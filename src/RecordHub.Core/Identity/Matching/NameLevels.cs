namespace RecordHub.Core.Identity.Matching;

/// <summary>How far one part of a name agrees with the same part of another.</summary>
internal static class NameLevels
{
    private const int LongEnoughForATypingError = 5;
    private const int LongEnoughToBeCut = 6;

    internal static MatchLevel OfFamily(NormalName a, NormalName b, bool cut)
    {
        if (a.Family.IsEmpty || b.Family.IsEmpty)
        {
            return MatchLevel.Unsaid;
        }

        return Same(a.Family, b.Family) || Same(a.FamilyCore, b.FamilyCore) ? MatchLevel.Exact
            : cut && IsCut(a.Family.Text, b.Family.Text) ? MatchLevel.Cut
            : Shares(a.FamilyCore, b.FamilyCore) ? MatchLevel.Part
            : IsRomanised(a.FamilyCore, b.FamilyCore) ? MatchLevel.Romanised
            : IsClose(a.FamilyCore, b.FamilyCore) ? MatchLevel.Close
            : MatchLevel.Different;
    }

    internal static MatchLevel OfGiven(NamePart a, NamePart b, bool cut, MatchWeights weights)
    {
        if (a.IsEmpty || b.IsEmpty)
        {
            return MatchLevel.Unsaid;
        }

        if (Same(a, b))
        {
            return MatchLevel.Exact;
        }

        // "Mary" is "Mary Ann" and "Mary A.", but "Min Jun" is not "Min Seo".
        bool rest = a.Words.Zip(b.Words).Skip(1).All(pair => Same(pair.First, pair.Second) || Initial(pair.First, pair.Second));
        return rest && Same(a.Words[0], b.Words[0]) ? MatchLevel.Exact
            : cut && IsCut(a.Text, b.Text) ? MatchLevel.Cut
            : rest && weights.IsShortForm(a.Words[0][0], b.Words[0][0]) ? MatchLevel.ShortForm
            : Initial(a.Words[0], b.Words[0]) ? MatchLevel.Initial
            : IsSlip(a, b, weights) ? MatchLevel.Slip
            : Shares(a, b) ? MatchLevel.Part
            : weights.IsGivenName(a.Text) && weights.IsGivenName(b.Text) ? MatchLevel.Different
            : IsRomanised(a, b) ? MatchLevel.Romanised
            : IsClose(a, b) ? MatchLevel.Close
            : MatchLevel.Different;
    }

    private static bool Same(NamePart a, NamePart b) => Same(a.Writings, b.Writings);

    private static bool Same(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        foreach (string one in a)
        {
            foreach (string other in b)
            {
                if (one == other)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Shares(NamePart a, NamePart b) =>
        a.Words.Any(one => (one[0].Length > 1 || a.IsIdeographic) && b.Words.Any(other => Same(one, other)));

    private static bool Initial(IReadOnlyList<string> a, IReadOnlyList<string> b) =>
        (a[0].Length == 1 || b[0].Length == 1) && a[0][0] == b[0][0] && char.IsAsciiLetter(a[0][0]);

    private static bool IsCut(string a, string b) => Math.Min(a.Length, b.Length) >= LongEnoughToBeCut
        && (a.StartsWith(b, StringComparison.Ordinal) || b.StartsWith(a, StringComparison.Ordinal));

    private static bool IsRomanised(NamePart a, NamePart b) => !a.IsIdeographic && !b.IsIdeographic
        && ((a.Skeleton.Length > 2 && a.Skeleton == b.Skeleton)
            || (a.LeavesVowelsOut != b.LeavesVowelsOut && a.Consonants.Length > 1 && a.Consonants == b.Consonants));

    private static bool IsClose(NamePart a, NamePart b) => !a.IsIdeographic && !b.IsIdeographic
        && Math.Min(a.Text.Length, b.Text.Length) >= LongEnoughForATypingError && IsOneOff(a.Text, b.Text);

    // Of two names that people are given neither is a slip of the other.
    private static bool IsSlip(NamePart a, NamePart b, MatchWeights weights) => !a.IsIdeographic && !b.IsIdeographic
        && !(weights.IsGivenName(a.Text) && weights.IsGivenName(b.Text)) && TypingSlip.Is(a.Text, b.Text);

    /// <summary>One letter more, less, other, or two neighbours exchanged.</summary>
    private static bool IsOneOff(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 1)
        {
            return false;
        }

        int start = 0;
        int shorter = Math.Min(a.Length, b.Length);
        while (start < shorter && a[start] == b[start])
        {
            start++;
        }

        ReadOnlySpan<char> x = a.AsSpan(start);
        ReadOnlySpan<char> y = b.AsSpan(start);
        if (x.Length != y.Length)
        {
            return x.Length > y.Length ? x[1..].SequenceEqual(y) : y[1..].SequenceEqual(x);
        }

        return x.Length == 0 || x[1..].SequenceEqual(y[1..])
            || (x.Length > 1 && x[0] == y[1] && x[1] == y[0] && x[2..].SequenceEqual(y[2..]));
    }
}
