using RecordHub.Core.Resources;

namespace RecordHub.Core.Identity;

/// <summary>
/// Compares names as hospitals write them: without case, diacritics, hyphens and blanks; umlauts written out or not;
/// any writing of the one with the other; family and given name swapped.
/// </summary>
internal static class NameMatch
{
    internal static NameAgreement Compare(IReadOnlyList<PersonName> claimed, PersonName known)
    {
        NameAgreement best = NameAgreement.Unsaid;
        foreach (PersonName name in claimed)
        {
            NameAgreement one = Compare(name, known);
            best = Rank(one) > Rank(best) ? one : best;
        }

        return best;
    }

    private static NameAgreement Compare(PersonName claimed, PersonName known)
    {
        if (Words(claimed.Family).Count == 0 && Words(claimed.Given).Count == 0)
        {
            return NameAgreement.Unsaid;
        }

        if (claimed.Suffix is { Length: > 0 } a && known.Suffix is { Length: > 0 } b && !Same(a, b))
        {
            return NameAgreement.OtherGiven;
        }

        NameAgreement straight = Compare(claimed.Family, claimed.Given, known);
        return straight == NameAgreement.Same ? straight
            : Compare(claimed.Given, claimed.Family, known) == NameAgreement.Same ? NameAgreement.Same : straight;
    }

    private static NameAgreement Compare(string family, string given, PersonName known)
    {
        bool sameFamily = Same(family, known.Family);
        bool sameGiven = Same(given, known.Given) || SameFirst(given, known.Given);
        if (sameFamily && sameGiven)
        {
            return NameAgreement.Same;
        }

        bool noGiven = Words(given).Count == 0;
        bool familyMayBe = sameFamily || Shares(family, known.Family) || Shares(family, known.Given);
        bool givenMayBe = sameGiven || Shares(given, known.Given) || Shares(given, known.Family);
        return familyMayBe
            ? givenMayBe || noGiven || Initial(given, known.Given) ? NameAgreement.Unclear : NameAgreement.OtherGiven
            : givenMayBe ? NameAgreement.Unclear : NameAgreement.Different;
    }

    private static int Rank(NameAgreement agreement) => agreement switch
    {
        NameAgreement.Same => 4,
        NameAgreement.Unclear => 3,
        NameAgreement.OtherGiven => 2,
        NameAgreement.Different => 1,
        _ => 0,
    };

    private static bool Same(string a, string b) => Writings(a).Intersect(Writings(b)).Any(text => text.Length > 0);

    private static bool SameFirst(string a, string b) => Words(a) is [string x, ..] && Words(b) is [string y, ..] && Same(x, y);

    private static bool Shares(string a, string b) => Words(a).Any(x => x.Length > 1 && Words(b).Any(y => Same(x, y)));

    private static bool Initial(string a, string b) => Words(a) is [string x, ..] && Words(b) is [string y, ..]
        && (x.Length == 1 || y.Length == 1) && x[0] == y[0];

    // An umlaut is written as it is, without its dots, or with an e.
    private static IEnumerable<string> Writings(string text)
    {
        string plain = string.Concat(Words(text));
        yield return plain;
        string written = string.Concat(Words(text
            .Replace("ä", "ae", StringComparison.OrdinalIgnoreCase).Replace("ö", "oe", StringComparison.OrdinalIgnoreCase)
            .Replace("ü", "ue", StringComparison.OrdinalIgnoreCase).Replace("å", "aa", StringComparison.OrdinalIgnoreCase)
            .Replace("ø", "oe", StringComparison.OrdinalIgnoreCase)));
        if (written != plain)
        {
            yield return written;
        }
    }

    private static List<string> Words(string? text)
    {
        List<string> words = [];
        int start = -1;
        string folded = FhirText.Fold(text ?? string.Empty);
        for (int i = 0; i <= folded.Length; i++)
        {
            bool inside = i < folded.Length && (char.IsLetterOrDigit(folded[i]) || char.IsSurrogate(folded[i]));
            if (inside && start < 0)
            {
                start = i;
            }
            else if (!inside && start >= 0)
            {
                words.Add(folded[start..i]);
                start = -1;
            }
        }

        return words;
    }
}
