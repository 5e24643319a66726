using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Deidentification;

/// <summary>
/// Cleans a label, such as a series description, by keeping only what is known to be harmless: words of anatomy and
/// technique from a fixed list, and short numbers. Sentences are not for it: with some words gone they may say the opposite.
/// </summary>
internal static class DescriptorCleaner
{
    private const int MaxDigits = 3;
    private static readonly SearchValues<char> s_number = SearchValues.Create("0123456789.");

    private static readonly Lazy<FrozenSet<string>> s_words = new(() =>
        System.Text.Encoding.ASCII.GetString(EmbeddedText.Load("safe-words.txt"))
            .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>The harmless words in their order; empty when there are none.</summary>
    public static string Clean(string text, RemovedIdentifiers removed)
    {
        StringBuilder cleaned = new();
        int at = 0;
        while (at < text.Length)
        {
            int start = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || IsInsideNumber(text, at)))
            {
                at++;
            }

            if (at == start)
            {
                at++;
                continue;
            }

            string word = text[start..at];
            if (IsHarmless(word) && !removed.IsNamePart(word))
            {
                cleaned.Append(cleaned.Length == 0 ? string.Empty : " ").Append(word);
            }
        }

        return cleaned.ToString();
    }

    // A date must not fall into harmless parts.
    private static bool IsInsideNumber(string text, int at) =>
        text[at] is '.' or '-' or '/' or ':' or ',' && at > 0 && at + 1 < text.Length && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]);

    // A number, perhaps with a unit: 5, 1.25, 3mm. Three digits or parts are no date and no record number.
    private static bool IsHarmless(string word)
    {
        if (s_words.Value.Contains(word))
        {
            return true;
        }

        int unit = word.AsSpan().IndexOfAnyExcept(s_number);
        string number = unit < 0 ? word : word[..unit];
        return number.Length > 0
            && number.Count(char.IsAsciiDigit) <= MaxDigits
            && number.Count(c => c == '.') <= 1
            && (unit < 0 || s_words.Value.Contains(word[unit..]));
    }
}
