using System.Text;
using RecordHub.Documents.Reading;

namespace RecordHub.Documents.Mail;

/// <summary>What the bytes of a part are packed as (RFC 2045 §6). What is decoded is never longer than what came.</summary>
internal static class TransferEncoding
{
    /// <summary>The bytes; null when they cannot be had. <paramref name="isWhole"/> is false when the last of them are missing.</summary>
    public static byte[]? Decode(string? encoding, ReadOnlySpan<byte> packed, out bool isWhole)
    {
        isWhole = true;
        switch (encoding?.Trim().ToLowerInvariant())
        {
            case null or "" or "7bit" or "8bit" or "binary":
                return packed.ToArray();
            case "quoted-printable":
                return Unescape(packed, (byte)'=');
            case "base64":
                return Base64(packed, out isWhole);
            default:
                return null;
        }
    }

    /// <summary>Base64 with line ends in it; null when it is none.</summary>
    public static byte[]? Base64(ReadOnlySpan<byte> text, out bool isWhole)
    {
        isWhole = true;
        string packed = Encoding.Latin1.GetString(text.Trim(" \t\r\n"u8));
        if (packed.Length == 0)
        {
            return [];
        }

        if (Base64Text.TryDecode(packed, out byte[] bytes, out isWhole))
        {
            return bytes;
        }

        // Cut off inside a group of four: what is before it.
        isWhole = false;
        int extra = packed.Count(c => c > ' ') % 4;
        int end = packed.Length;
        while (extra > 0 && end > 0)
        {
            extra -= packed[--end] > ' ' ? 1 : 0;
        }

        return end < packed.Length && Base64Text.TryDecode(packed.AsSpan(0, end), out byte[] whole, out _) ? whole : null;
    }

    /// <summary>Two hexadecimal digits after the mark are a byte, and the mark at the end of a line is no line end; others stay.</summary>
    public static byte[] Unescape(ReadOnlySpan<byte> text, byte mark)
    {
        byte[] bytes = new byte[text.Length];
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == mark && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                bytes[count++] = Convert.ToByte($"{(char)text[i + 1]}{(char)text[i + 2]}", 16);
                i += 2;
            }
            else if (text[i] == mark && mark == '=' && LineEnd(text[(i + 1)..]) is > 0 and var skipped)
            {
                i += skipped;
            }
            else
            {
                bytes[count++] = text[i];
            }
        }

        return bytes[..count];
    }

    // Blanks before the line end were added on the way.
    private static int LineEnd(ReadOnlySpan<byte> after)
    {
        int at = after.IndexOfAnyExcept((byte)' ', (byte)'\t') is var first and >= 0 ? first : after.Length;
        return after[at..] switch
        {
            [(byte)'\r', (byte)'\n', ..] => at + 2,
            [(byte)'\n', ..] => at + 1,
            _ => 0,
        };
    }
}
