using RecordHub.Core.Resources;

namespace RecordHub.Core.Identity;

/// <summary>
/// Compares names as hospitals write them: without case, diacritics, hyphens and blanks; umlauts written out or not;
/// any writing of the one with the other; family and given name swapped.
/// </summary>
internal static class NameMatch
{
    private static readonly Dictionary<string, string> s_generations = new(StringComparer.Ordinal)
    {
        ["jr"] = "jr",
        ["junior"] = "jr",
        ["sr"] = "sr",
        ["senior"] = "sr",
        ["ii"] = "ii",
        ["iii"] = "iii",
        ["iv"] = "iv",
    };

    private static readonly HashSet<string> s_standIns = new(StringComparer.Ordinal)
    {
        "anon", "anonym", "anonymous", "anonymized", "anonymised", "baby", "babyboy", "babygirl", "noname", "test", "trauma",
        "unbekannt", "unknown",
    };

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

    /// <summary>Whether the name is one that is given to whoever has none yet: it tells nobody apart.</summary>
    internal static bool IsStandIn(PersonName name) =>
        Words(name.Family).Concat(Words(name.Given)).Any(s_standIns.Contains);

    private static NameAgreement Compare(PersonName claimed, PersonName known)
    {
        if (Words(claimed.Family).Count == 0 && Words(claimed.Given).Count == 0)
        {
            return NameAgreement.Unsaid;
        }

        string? one = Generation(claimed);
        string? other = Generation(known);
        if (one is not null && other is not null && one != other)
        {
            return NameAgreement.OtherGiven;
        }

        claimed = WithoutGeneration(claimed);
        known = WithoutGeneration(known);
        NameAgreement straight = Compare(claimed.Family, claimed.Given, known);
        NameAgreement best = straight == NameAgreement.Same ? straight
            : Compare(claimed.Given, claimed.Family, known) == NameAgreement.Same ? NameAgreement.Same : straight;

        // Father and son: when only one side says which of the two it is, the name alone does not settle it.
        return best == NameAgreement.Same && one != other ? NameAgreement.Unclear : best;
    }

    private static NameAgreement Compare(string family, string given, PersonName known)
    {
        bool sameFamily = Same(family, known.Family);
        bool sameGiven = Same(given, known.Given) || OneLeavesOut(given, known.Given);
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

    // "Mary" is "Mary Ann" and "Mary A.", but "Min Jun" is not "Min Seo".
    private static bool OneLeavesOut(string a, string b)
    {
        List<string> x = Words(a);
        List<string> y = Words(b);
        return x.Count > 0 && y.Count > 0 && Same(x[0], y[0])
            && x.Zip(y).Skip(1).All(pair => Same(pair.First, pair.Second) || Initial(pair.First, pair.Second));
    }

    private static string? Generation(PersonName name) => Words(name.Suffix)
        .Concat(Words(name.Family).Skip(1)).Concat(Words(name.Given).Skip(1))
        .Select(word => s_generations.GetValueOrDefault(word)).FirstOrDefault(found => found is not null);

    private static PersonName WithoutGeneration(PersonName name) =>
        new(WithoutGeneration(name.Family), WithoutGeneration(name.Given));

    private static string WithoutGeneration(string text) => Words(text) is { Count: > 1 } words
        && words.Skip(1).Any(s_generations.ContainsKey)
            ? string.Join(' ', words.Take(1).Concat(words.Skip(1).Where(word => !s_generations.ContainsKey(word)))) : text;

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
