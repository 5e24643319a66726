using System.Text;

namespace RecordHub.Documents.Text;

/// <summary>Character sets by the many names that documents give them.</summary>
internal static class Charsets
{
    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    static Charsets()
    {
        // The code pages must be known before the first of them is asked for.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Windows1252 = Encoding.GetEncoding(1252);
    }

    public static Encoding Windows1252 { get; }

    public static Encoding? ByCodePage(int codePage)
    {
        // 0-3 and 42 are Windows' own notions (ANSI, OEM, Mac, thread, symbol); 65000 (UTF-7) is unsafe.
        if (codePage is <= 3 or 42 or 65000)
        {
            return null;
        }

        try
        {
            return codePage == 28591 ? Windows1252 : Encoding.GetEncoding(codePage);
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>By IANA name; Latin-1 is read as windows-1252, of which it is a part (WHATWG Encoding §4.2).</summary>
    public static Encoding? ByName(string? name)
    {
        string plain = (name ?? string.Empty).Trim().Trim('"', '\'').ToLowerInvariant();
        if (plain.Length is 0 or > 40 || plain is "utf-7" or "unicode-1-1-utf-7" or "csunicode11utf7")
        {
            return null;
        }

        switch (plain)
        {
            case "utf8":
                return Encoding.UTF8;
            case "iso-8859-1" or "iso8859-1" or "latin1" or "us-ascii" or "ascii" or "cp1252" or "ansi":
                return Windows1252;
            default:
                break;
        }

        try
        {
            return Encoding.GetEncoding(plain);
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    public static bool IsValidUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _ = s_strictUtf8.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>The encoding that a byte order mark names, and the mark's length.</summary>
    public static Encoding? FromMark(ReadOnlySpan<byte> bytes, out int length)
    {
        (Encoding? encoding, length) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
            [0xFF, 0xFE, 0x00, 0x00, ..] => (Encoding.UTF32, 4),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            _ => ((Encoding?)null, 0),
        };
        return encoding;
    }

    /// <summary>Text of unknown charset: byte order mark, else UTF-8 if valid, else UTF-16 by its zeros, else windows-1252.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, out string charset)
    {
        Encoding encoding = FromMark(bytes, out int mark)
            ?? GuessUtf16(bytes)
            ?? (IsValidUtf8(bytes) ? Encoding.UTF8 : Windows1252);
        charset = encoding.WebName;
        return encoding.GetString(bytes[mark..]);
    }

    /// <summary>UTF-16 without a mark: European text has a zero in every other byte.</summary>
    public static Encoding? GuessUtf16(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> head = bytes[..(Math.Min(bytes.Length, 4096) & ~1)];
        if (head.Length < 8)
        {
            return null;
        }

        int even = 0;
        int odd = 0;
        for (int i = 0; i < head.Length; i += 2)
        {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }

        int pairs = head.Length / 2;
        return (even * 10 < pairs && odd * 10 > pairs * 7, odd * 10 < pairs && even * 10 > pairs * 7) switch
        {
            (true, _) => Encoding.Unicode,
            (_, true) => Encoding.BigEndianUnicode,
            _ => null,
        };
    }
}
