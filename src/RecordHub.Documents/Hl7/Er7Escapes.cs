using System.Globalization;
using System.Text;

namespace RecordHub.Documents.Hl7;

/// <summary>Escape sequences (HL7 v2.8 §2.7): delimiters, hexadecimal data in the message's charset, formatting commands.</summary>
internal sealed class Er7Escapes(Er7Delimiters delimiters, Encoding charset)
{
    private const int MaxLength = 4096;

    public string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains(delimiters.Escape))
        {
            return text.ToString();
        }

        StringBuilder result = new(text.Length);
        while (!text.IsEmpty)
        {
            int start = text.IndexOf(delimiters.Escape);
            if (start < 0)
            {
                result.Append(text);
                break;
            }

            result.Append(text[..start]);
            ReadOnlySpan<char> rest = text[(start + 1)..];
            int end = rest[..Math.Min(rest.Length, MaxLength)].IndexOf(delimiters.Escape);
            if (end >= 0 && TryWrite(rest[..end], result))
            {
                text = rest[(end + 1)..];
            }
            else
            {
                // Senders forget to escape the escape character (Windows paths): then it means itself.
                result.Append(delimiters.Escape);
                text = rest;
            }
        }

        return result.ToString();
    }

    private bool TryWrite(ReadOnlySpan<char> sequence, StringBuilder result)
    {
        switch (sequence)
        {
            case "F":
                result.Append(delimiters.Field);
                return true;
            case "S":
                result.Append(delimiters.Component);
                return true;
            case "R":
                result.Append(delimiters.Repetition);
                return true;
            case "E":
                result.Append(delimiters.Escape);
                return true;
            case "T":
                result.Append(delimiters.Subcomponent);
                return true;
            case "P":
                result.Append('#');
                return true;
            case "H" or "N":
                return true;
            default:
                break;
        }

        return sequence switch
        {
            ['.', .. ReadOnlySpan<char> command] => TryFormat(command, result),
            ['X', .. ReadOnlySpan<char> digits] => TryHex(digits, result),
            ['C' or 'M', .. ReadOnlySpan<char> digits] => digits.Length is 4 or 6 && IsHex(digits),
            ['Z', .. ReadOnlySpan<char> local] => local.Length is > 0 and < 40 && local.IndexOfAnyExceptInRange('0', 'z') < 0,
            _ => false,
        };
    }

    /// <summary>Formatting commands of FT (§2.7.6): breaks become line ends, indents a blank, the rest nothing.</summary>
    private static bool TryFormat(ReadOnlySpan<char> command, StringBuilder result)
    {
        string name = new([.. command.ToString().TakeWhile(char.IsAsciiLetter)]);
        switch (name.ToLowerInvariant())
        {
            case "br" or "ce":
                result.Append('\n');
                return true;
            case "sp":
                int lines = int.TryParse(command[name.Length..], NumberStyles.None | NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int n) ? n : 1;
                result.Append('\n', Math.Clamp(lines, 1, 100));
                return true;
            case "sk" or "ti" or "in":
                result.Append(' ');
                return true;
            case "fi" or "nf":
                return true;
            default:
                return false;
        }
    }

    private bool TryHex(ReadOnlySpan<char> digits, StringBuilder result)
    {
        if (digits.IsEmpty || digits.Length % 2 != 0 || !IsHex(digits))
        {
            return false;
        }

        byte[] bytes = Convert.FromHexString(digits);
        string text = charset.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        result.Append(text);
        return true;
    }

    private static bool IsHex(ReadOnlySpan<char> digits)
    {
        foreach (char c in digits)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
