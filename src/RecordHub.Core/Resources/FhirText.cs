using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace RecordHub.Core.Resources;

/// <summary>How text is folded before it is indexed and before it is searched for (R4 search.html §string).</summary>
public static partial class FhirText
{
    private static readonly FrozenDictionary<char, char> s_plain = Enumerable
        .Range(0, Marks.Length / 2)
        .ToFrozenDictionary(i => Marks[2 * i], i => Marks[(2 * i) + 1]);

    /// <summary>Lower case, without diacritics, white space as one blank between words.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        char[] rented = ArrayPool<char>.Shared.Rent((text.Length * 2) + 1);
        int length = 0;
        foreach (char c in text)
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
                rented[length++] = c < 128 || !s_plain.TryGetValue(c, out char plain) ? char.ToLowerInvariant(c) : plain;
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
}
