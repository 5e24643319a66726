using System.Text;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Archives;

/// <summary>
/// Names of members that do not say their character set: UTF-8 where they are that, else the code page in which they look most
/// like words. A ZIP without its flag of UTF-8 is in code page 437 by its specification (APPNOTE Appendix D), and in the
/// machine's own by custom.
/// </summary>
internal static class EntryNames
{
    private const int MaxLength = 8_192;

    // What the specification says comes first, and stays where another fits no better.
    private static readonly Encoding[] s_pages =
        [.. new[] { 437, 852, 866, 1252, 1251, 1250 }.Select(Charsets.ByCodePage).OfType<Encoding>()];

    /// <summary>Stands for all of them where an archive is read with one encoding.</summary>
    public static Encoding Encoding { get; } = new AnyEncoding();

    /// <summary>Never fails; what is in no character set is still a name.</summary>
    public static string Decode(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> bytes = name[..Math.Min(name.Length, MaxLength)];
        if (!bytes.ContainsAnyInRange((byte)0x80, (byte)0xFF) || Charsets.IsValidUtf8(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        string best = string.Empty;
        int most = int.MinValue;
        foreach (Encoding page in s_pages)
        {
            string text = page.GetString(bytes);
            int worth = Worth(text);
            if (worth > most)
            {
                (best, most) = (text, worth);
            }
        }

        return best;
    }

    // Accented letters stand among plain ones; Cyrillic letters among their own, and not among Latin ones.
    private static int Worth(string text)
    {
        int worth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < 0x80)
            {
                continue;
            }

            char before = i > 0 ? text[i - 1] : ' ';
            char after = i + 1 < text.Length ? text[i + 1] : ' ';
            worth += !char.IsUpper(c) && !char.IsLower(c) ? (char.IsControl(c) ? -4 : -2)
                : IsCyrillic(c) ? (char.IsAsciiLetter(before) || char.IsAsciiLetter(after) ? -2 : IsCyrillic(before) || IsCyrillic(after) ? 1 : -1)
                : c >= '\u0250' ? -2
                : char.IsAsciiLetter(before) || char.IsAsciiLetter(after) ? (char.IsUpper(c) && char.IsLower(before) ? -1 : 1)
                : -1;
        }

        return worth;
    }

    private static bool IsCyrillic(char c) => c is >= '\u0400' and <= '\u04FF';

    /// <summary>Reads a name as <see cref="Decode"/> does.</summary>
    private sealed class AnyEncoding : Encoding
    {
        public override int GetByteCount(char[] chars, int index, int count) => UTF8.GetByteCount(chars, index, count);

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
            UTF8.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

        public override int GetCharCount(byte[] bytes, int index, int count) => Decode(bytes.AsSpan(index, count)).Length;

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
        {
            string text = Decode(bytes.AsSpan(byteIndex, byteCount));
            text.CopyTo(chars.AsSpan(charIndex));
            return text.Length;
        }

        public override int GetMaxByteCount(int charCount) => UTF8.GetMaxByteCount(charCount);

        public override int GetMaxCharCount(int byteCount) => UTF8.GetMaxCharCount(byteCount);
    }
}
