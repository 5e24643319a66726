using System.Buffers;
using System.Globalization;

namespace RecordHub.Core.Resources;

/// <summary>
/// Makes JSON fit to be said in XML: characters that XML 1.0 §2.2 does not have become U+FFFD. JSON has them as escapes, but
/// for the two non-characters U+FFFE and U+FFFF, which may also stand as they are.
/// </summary>
internal static class XmlText
{
    private static readonly SearchValues<byte> s_suspects = SearchValues.Create((byte)'\\', 0xEF);

    /// <summary>The same bytes when there is nothing to replace.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> json)
    {
        ArrayBufferWriter<byte>? output = null;
        int kept = 0;
        int at = 0;
        for (int next; (next = json[at..].IndexOfAny(s_suspects)) >= 0;)
        {
            at += next;
            int length = Sequence(json[at..], out bool isText);
            if (!isText)
            {
                output ??= new ArrayBufferWriter<byte>(json.Length);
                output.Write(json[kept..at]);
                output.Write("\uFFFD"u8);
                kept = at + length;
            }

            at += length;
        }

        if (output is null)
        {
            return json;
        }

        output.Write(json[kept..]);
        return output.WrittenSpan;
    }

    // The length of what stands for one character, and whether XML has that character.
    private static int Sequence(ReadOnlySpan<byte> json, out bool isText)
    {
        if (json[0] == 0xEF)
        {
            isText = !json.StartsWith("\uFFFE"u8) && !json.StartsWith("\uFFFF"u8);
            return Math.Min(3, json.Length);
        }

        isText = json.Length < 2 || json[1] is not ((byte)'b' or (byte)'f');
        if (json.Length < 2 || json[1] != (byte)'u' || Escaped(json) is not { } unit)
        {
            return Math.Min(2, json.Length);
        }

        if (char.IsHighSurrogate(unit) && Escaped(json[6..]) is { } low && char.IsLowSurrogate(low))
        {
            isText = true;
            return 12;
        }

        isText = unit is '\t' or '\n' or '\r' or (>= ' ' and < '\uFFFE') && !char.IsSurrogate(unit);
        return 6;
    }

    private static char? Escaped(ReadOnlySpan<byte> json) =>
        json.Length >= 6 && json[0] == (byte)'\\' && json[1] == (byte)'u'
        && ushort.TryParse(json[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit)
            ? (char)unit
            : null;
}
