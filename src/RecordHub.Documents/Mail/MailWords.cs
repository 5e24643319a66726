using System.Text;
using System.Text.RegularExpressions;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Mail;

/// <summary>Encoded words of header fields (RFC 2047), and the values of parameters (RFC 2231).</summary>
internal static partial class MailWords
{
    private const int MostSections = 100;

    /// <summary>The value with its encoded words decoded; one that cannot be stays as it is written.</summary>
    public static string Decode(string value) =>
        Encoded().Replace(Between().Replace(value, "$1"), static word => DecodeWord(word) ?? word.Value);

    /// <summary>A value before its parameters, in lower case.</summary>
    public static string Main(string value) => value.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>A parameter of a field, in its sections and character set where it has them; null when it is not there.</summary>
    public static string? Parameter(string? field, string name)
    {
        if (field is null)
        {
            return null;
        }

        string? plain = null;
        SortedDictionary<int, (string Text, bool IsEncoded)> sections = [];
        foreach (Match match in Parameters().Matches(field))
        {
            string key = match.Groups["key"].Value;
            string text = match.Groups["quoted"].Success
                ? Escaped().Replace(match.Groups["quoted"].Value, "$1") : match.Groups["token"].Value;
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                plain ??= text;
            }
            else if (key.StartsWith(name + "*", StringComparison.OrdinalIgnoreCase))
            {
                string rest = key[(name.Length + 1)..];
                bool isEncoded = rest.Length == 0 || rest.EndsWith('*');
                string number = rest.TrimEnd('*');
                if (number.Length == 0 || (int.TryParse(number, out int at) && at is >= 0 and < MostSections))
                {
                    sections.TryAdd(number.Length == 0 ? 0 : int.Parse(number, System.Globalization.CultureInfo.InvariantCulture), (text, isEncoded));
                }
            }
        }

        return sections.Count > 0 ? Joined([.. sections.Values]) : plain is null ? null : Decode(plain);
    }

    // charset'language'text in the first section; %XX in those that say so.
    private static string Joined(IReadOnlyList<(string Text, bool IsEncoded)> sections)
    {
        List<byte> bytes = [];
        Encoding encoding = Encoding.UTF8;
        for (int i = 0; i < sections.Count; i++)
        {
            (string text, bool isEncoded) = sections[i];
            if (i == 0 && isEncoded && text.Split('\'') is { Length: >= 3 } parts)
            {
                encoding = Charsets.ByName(parts[0]) ?? Encoding.UTF8;
                text = string.Join('\'', parts[2..]);
            }

            bytes.AddRange(isEncoded ? TransferEncoding.Unescape(Encoding.UTF8.GetBytes(text), (byte)'%') : encoding.GetBytes(text));
        }

        return encoding.GetString([.. bytes]);
    }

    private static string? DecodeWord(Match word)
    {
        Encoding? encoding = Charsets.ByName(word.Groups["charset"].Value.Split('*')[0]);
        byte[] text = Encoding.ASCII.GetBytes(word.Groups["text"].Value);
        if (encoding is null)
        {
            return null;
        }

        if (word.Groups["encoding"].Value is "Q" or "q")
        {
            text.AsSpan().Replace((byte)'_', (byte)' ');
            return encoding.GetString(TransferEncoding.Unescape(text, (byte)'='));
        }

        return TransferEncoding.Base64(text, out _) is { } bytes ? encoding.GetString(bytes) : null;
    }

    [GeneratedRegex(@"=\?(?<charset>[^?\s]{1,60})\?(?<encoding>[BQbq])\?(?<text>[^?]{0,2000})\?=", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Encoded();

    // White space between two encoded words is not shown (RFC 2047 §6.2).
    [GeneratedRegex(@"(\?=)\s+(?==\?)", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Between();

    [GeneratedRegex(@";\s*(?<key>[^\s=;""]{1,80})\s*=\s*(?:""(?<quoted>(?:[^""\\]|\\.){0,2000})""|(?<token>[^;\s]{0,2000}))",
        RegexOptions.CultureInvariant, 500)]
    private static partial Regex Parameters();

    [GeneratedRegex(@"\\(.)", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Escaped();
}
