using System.Buffers;
using System.Globalization;
using System.Text;

namespace RecordHub.Core.Resources;

/// <summary>How text is folded before it is indexed and before it is searched for (R4 search.html §string).</summary>
public static class FhirText
{
    /// <summary>Lower case, without diacritics, white space as one blank between words.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string decomposed = Normalized(text);
        char[] rented = ArrayPool<char>.Shared.Rent((decomposed.Length * 2) + 1);
        int length = 0;
        foreach (char c in decomposed)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                if (length > 0 && rented[length - 1] != ' ')
                {
                    rented[length++] = ' ';
                }
            }
            else if (Special(c) is { } replacement)
            {
                replacement.CopyTo(rented.AsSpan(length));
                length += replacement.Length;
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)
            {
                rented[length++] = char.ToLowerInvariant(c);
            }
        }

        string folded = new string(rented, 0, length).TrimEnd(' ');
        ArrayPool<char>.Shared.Return(rented, clearArray: true);
        return folded;
    }

    // Letters that are no base letter with a mark, and so do not decompose.
    private static string? Special(char c) => c switch
    {
        'ß' or 'ẞ' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ø' or 'Ø' => "o",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'ł' or 'Ł' => "l",
        'þ' or 'Þ' => "th",
        'ı' or 'İ' => "i",
        _ => null,
    };

    // A lone surrogate is no text and cannot be normalised; such text is indexed as it stands.
    private static string Normalized(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return text;
            }
        }

        return text.Normalize(NormalizationForm.FormKD);
    }
}
