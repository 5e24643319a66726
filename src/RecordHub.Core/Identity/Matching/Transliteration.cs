using System.Collections.Frozen;
using System.Text;

namespace RecordHub.Core.Identity.Matching;

/// <summary>Cyrillic, Greek and Arabic letters in Latin ones, and hiragana as katakana, so that writings can be compared.</summary>
/// <remarks>One of the usual romanisations; the others meet it by <see cref="NamePart.Skeleton"/>.</remarks>
internal static class Transliteration
{
    // Pairs of a letter and its Latin writing; a sign that is only heard has none.
    private const string Cyrillic =
        "а a б b в v г g ґ g д d е e ё yo є ye ж zh з z и i і i ї yi й y к k л l м m н n о o п p р r с s т t у u ў u ф f х kh "
        + "ц ts ч ch ш sh щ shch ъ - ы y ь - э e ю yu я ya ј j љ lj њ nj ћ c ђ dj џ dz";

    private const string Greek =
        "α a ά a β v γ g δ d ε e έ e ζ z η i ή i θ th ι i ί i ϊ i ΐ i κ k λ l μ m ν n ξ x ο o ό o π p ρ r σ s ς s τ t υ y ύ y "
        + "ϋ y φ f χ ch ψ ps ω o ώ o";

    private const string Arabic =
        "ا a أ a إ i آ a ٱ a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع - غ gh ف f ق q ك k ک k ل l "
        + "م m ن n ه h و w ؤ w ي y ی y ى a ئ y ة a ء - پ p چ ch ژ zh گ g ـ -";

    private static readonly FrozenDictionary<char, string> s_latin = Pairs($"{Cyrillic} {Greek} {Arabic}");
    private static readonly FrozenSet<char> s_arabic = Pairs(Arabic).Keys.ToFrozenSet();

    /// <summary>Whether short vowels are left out, as Arabic leaves them out.</summary>
    internal static bool LeavesVowelsOut(string text) => text.Any(s_arabic.Contains);

    /// <param name="text">In whatever letters.</param>
    /// <param name="initialYe">Whether a Cyrillic е at the beginning of a word is written as it is spoken.</param>
    internal static string ToLatin(string text, bool initialYe = false)
    {
        StringBuilder latin = new(text.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == 'ل' && i > 0 && text[i - 1] == 'ا' && (i == 1 || !char.IsLetter(text[i - 2])))
            {
                // The article is written with its name: al-Masri.
                latin.Append("l ");
            }
            else if (initialYe && (c is 'е' or 'Е') && (i == 0 || !char.IsLetter(text[i - 1])))
            {
                latin.Append("ye");
            }
            else if (c < 'Ͱ')
            {
                latin.Append(c);
            }
            else if (s_latin.TryGetValue(char.ToLowerInvariant(c), out string? letters))
            {
                latin.Append(letters);
            }
            else
            {
                latin.Append(c is >= 'ぁ' and <= 'ゖ' ? (char)(c + ('ァ' - 'ぁ')) : c);
            }
        }

        return latin.ToString();
    }

    private static FrozenDictionary<char, string> Pairs(string table)
    {
        string[] words = table.Split(' ');
        return Enumerable.Range(0, words.Length / 2)
            .ToFrozenDictionary(i => words[2 * i][0], i => words[(2 * i) + 1].Trim('-'));
    }
}
