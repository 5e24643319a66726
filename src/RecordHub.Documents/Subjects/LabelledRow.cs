using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Subjects;

/// <summary>A line as its labels are looked for: in one writing of signs and digits.</summary>
internal static class LabelledRow
{
    private const char FirstFullWidth = '\uFF01';
    private const char LastFullWidth = '\uFF5E';
    private const int FullWidth = 0xFEE0;

    /// <summary>Signs of full width as others, digits of every script as those of Latin, marks with their letter.</summary>
    public static string Of(ReadOnlySpan<char> line)
    {
        if (!line.ContainsAnyExceptInRange('\0', '\u00AC'))
        {
            return line.ToString();
        }

        StringBuilder row = new(line.Length);
        foreach (char c in line)
        {
            if (row.Length > 0 && Accents.Compose(row[^1], c) is var both && both != '\0')
            {
                row[^1] = both;
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)
            {
                row.Append(c is >= FirstFullWidth and <= LastFullWidth ? (char)(c - FullWidth)
                    : c == '\u3000' ? ' '
                    : char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c);
            }
        }

        return row.ToString();
    }

    /// <summary>The label that a line is and nothing else: with its colon, or one that needs none. Null mostly.</summary>
    public static Match? Alone(string row)
    {
        string words = row.Trim(' ', '\t', '*', '#', '>', '•');
        if (words.Length is < 2 or > 60 || words.Any(char.IsDigit) || SubjectLabels.Others().IsMatch(words))
        {
            return null;
        }

        Match match = SubjectLabels.All().Match(words[^1] is ':' or '=' ? words : words + "  x");
        int end = words[^1] is ':' or '=' ? words.Length : words.Length + 2;
        return match.Success && match.Index == 0 && match.Length == end && !match.Groups["regarding"].Success ? match : null;
    }
}
