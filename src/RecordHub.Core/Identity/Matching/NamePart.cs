using RecordHub.Core.Resources;

namespace RecordHub.Core.Identity.Matching;

/// <summary>The family or the given part of a name, made comparable: words without case, marks and signs, in each usual writing.</summary>
internal sealed class NamePart
{
    private static readonly (string From, string To)[] s_alike =
    [
        ("tsch", "c"), ("shch", "s"), ("sch", "s"), ("sh", "s"), ("tch", "c"), ("ch", "c"), ("kh", "h"), ("zh", "z"),
        ("tz", "c"), ("ts", "c"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("ae", "a"), ("oe", "o"),
        ("ue", "u"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ff", "v"), ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"),
    ];

    private NamePart(IReadOnlyList<IReadOnlyList<string>> words, bool leavesVowelsOut)
    {
        Words = words;
        Writings = [.. Enumerable.Range(0, words.Count == 0 ? 0 : words.Max(word => word.Count))
            .Select(i => string.Concat(words.Select(word => word[Math.Min(i, word.Count - 1)]))).Distinct()];
        LeavesVowelsOut = leavesVowelsOut;
        Skeleton = Simplify(Text);
        Consonants = string.Concat(Skeleton.Where(c => !"aeiouv".Contains(c, StringComparison.Ordinal)));
    }

    /// <summary>Each word in each of its writings: as it is, and with umlauts written out.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Words { get; }

    /// <summary>The words without blanks, in each writing.</summary>
    internal IReadOnlyList<string> Writings { get; }

    /// <summary>What is left when romanisations of one name are made alike.</summary>
    internal string Skeleton { get; }

    /// <summary>The skeleton without vowels: all that a name in Arabic letters says.</summary>
    internal string Consonants { get; }

    internal bool LeavesVowelsOut { get; }

    internal bool IsEmpty => Words.Count == 0;

    internal string Text => Writings.Count == 0 ? string.Empty : Writings[0];

    /// <summary>Written in signs of which one is a word: nothing about letters applies.</summary>
    internal bool IsIdeographic => Text.Any(c => c >= '⺀');

    /// <summary>As a person reads it after normalisation.</summary>
    internal string Plain => string.Join(' ', Words.Select(word => word[0]));

    internal static NamePart Of(string? text, Func<string, int, bool> keep)
    {
        string raw = text ?? string.Empty;
        string latin = Transliteration.ToLatin(raw);
        List<string> plain = Split(FhirText.Fold(latin));
        List<string> written = Split(FhirText.Fold(Transliteration.ToLatin(raw, initialYe: true)
            .Replace("ä", "ae", StringComparison.OrdinalIgnoreCase).Replace("ö", "oe", StringComparison.OrdinalIgnoreCase)
            .Replace("ü", "ue", StringComparison.OrdinalIgnoreCase).Replace("å", "aa", StringComparison.OrdinalIgnoreCase)
            .Replace("ø", "oe", StringComparison.OrdinalIgnoreCase)));
        return new NamePart(
            [.. plain.Zip(written).Where((pair, i) => keep(pair.First, i)).Select(pair => pair.First == pair.Second
                ? (IReadOnlyList<string>)[pair.First] : [pair.First, pair.Second])],
            Transliteration.LeavesVowelsOut(raw));
    }

    internal NamePart Without(Func<string, bool> leaveOut)
    {
        IReadOnlyList<string>[] kept = [.. Words.Where(word => !leaveOut(word[0]))];
        return kept.Length == 0 || kept.Length == Words.Count ? this : new NamePart(kept, LeavesVowelsOut);
    }

    internal static List<string> Split(string folded)
    {
        List<string> words = [];
        int start = -1;
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

    internal static string Simplify(string text)
    {
        string simple = text;
        foreach ((string from, string to) in s_alike)
        {
            simple = simple.Replace(from, to, StringComparison.Ordinal);
        }

        return string.Concat(simple.Where((c, i) => i == 0 || c != simple[i - 1]));
    }
}
