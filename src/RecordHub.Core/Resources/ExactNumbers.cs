using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RecordHub.Core.Resources;

/// <summary>
/// Brings decimals through the object model as they are written. It keeps them as numbers of 28 digits: <c>1e2</c> would come out
/// as <c>100</c>, and <c>1e-40</c> as zero. Such a number has a stand-in on its way, which is taken out behind it
/// (R4 datatypes.html §decimal: the precision is of significance).
/// </summary>
internal sealed partial class ExactNumbers
{
    private const int PrefixDigits = 14;
    private const int NumberDigits = 9;

    // Nobody can know it who writes a resource.
    private readonly string _prefix = RandomNumberGenerator.GetString("123456789", PrefixDigits);
    private readonly Dictionary<string, string> _standIns = new(StringComparer.Ordinal);
    private readonly List<byte[]> _texts = [];

    /// <summary>The stand-in of a text that is a decimal and would not come through; otherwise the text.</summary>
    public string Of(string text)
    {
        if (text.Length > 1000 || !Number().IsMatch(text) || ComesThrough(text))
        {
            return text;
        }

        if (!_standIns.TryGetValue(text, out string? standIn))
        {
            standIn = _prefix + _texts.Count.ToString("D9", CultureInfo.InvariantCulture);
            _standIns.Add(text, standIn);
            _texts.Add(Encoding.ASCII.GetBytes(text));
        }

        return standIn;
    }

    /// <summary>JSON with its numbers as they come through; the same bytes when all do.</summary>
    public ReadOnlySpan<byte> InJson(ReadOnlySpan<byte> json, int maxDepth)
    {
        ArrayBufferWriter<byte>? output = null;
        int kept = 0;
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = maxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number
                && Encoding.ASCII.GetString(reader.ValueSpan) is var text && Of(text) is var standIn && !ReferenceEquals(text, standIn))
            {
                output ??= new ArrayBufferWriter<byte>(json.Length + 1024);
                output.Write(json[kept..(int)reader.TokenStartIndex]);
                output.Write(Encoding.ASCII.GetBytes(standIn));
                kept = (int)reader.BytesConsumed;
            }
        }

        if (output is null)
        {
            return json;
        }

        output.Write(json[kept..]);
        return output.WrittenSpan;
    }

    /// <summary>What came out, with the numbers as they were written.</summary>
    public byte[] Restore(byte[] written)
    {
        if (_texts.Count == 0)
        {
            return written;
        }

        byte[] prefix = Encoding.ASCII.GetBytes(_prefix);
        ArrayBufferWriter<byte> output = new(written.Length);
        ReadOnlySpan<byte> rest = written;
        for (int at; (at = rest.IndexOf(prefix)) >= 0;)
        {
            output.Write(rest[..at]);
            ReadOnlySpan<byte> number = rest.Slice(at + PrefixDigits, NumberDigits);
            output.Write(_texts[int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture)]);
            rest = rest[(at + PrefixDigits + NumberDigits)..];
        }

        output.Write(rest);
        return output.WrittenSpan.ToArray();
    }

    private static bool ComesThrough(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
        && value.ToString(CultureInfo.InvariantCulture) == text;

    [GeneratedRegex("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
