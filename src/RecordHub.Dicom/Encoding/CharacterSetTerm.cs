using System.Text;

namespace RecordHub.Dicom.Encoding;

/// <summary>
/// One defined term of Specific Character Set (PS3.3 Tables C.12-2 to C.12-5) and how its bytes become text.
/// </summary>
/// <param name="Name">The defined term.</param>
/// <param name="CodePage">The code page of its upper half or of the whole; 20127 is ASCII.</param>
/// <param name="Escape">What follows ESC to bring it in; empty if it needs none or cannot be brought in.</param>
/// <param name="Kind">Where its codes go.</param>
internal sealed record CharacterSetTerm(string Name, int CodePage, string Escape, CharacterSetKind Kind)
{
    /// <summary>No term of the standard; some write it where they mean it.</summary>
    public const string ShiftJis = "SHIFT_JIS";

    private static readonly Lazy<CharacterSetTerm[]> s_all = new(Load);

    /// <summary>The default repertoire (ISO IR 6).</summary>
    public static CharacterSetTerm Ascii { get; } = new("ISO_IR 6", 20127, "(B", CharacterSetKind.G0SingleByte);

    public static IReadOnlyList<CharacterSetTerm> All => s_all.Value;

    private string? _upper;

    /// <summary>Decodes single bytes or whole characters; bytes that are none become U+FFFD.</summary>
    public System.Text.Encoding Decoder { get; } = Open(CodePage, strict: false);

    /// <summary>Encodes, and throws on what the code page does not have.</summary>
    public System.Text.Encoding Encoder { get; } = Open(CodePage, strict: true);

    /// <summary>The characters of the bytes from 128 on, of a set that has one for each.</summary>
    public string Upper => _upper ??= UpperHalf();

    // What the code pages lack or have in an older edition; what they put into Unicode's private area is no character.
    private string UpperHalf() => string.Create(128, this, static (upper, term) =>
    {
        for (int i = 0; i < upper.Length; i++)
        {
            byte code = (byte)(i + 128);
            string text = term.Decoder.GetString([code]);
            upper[i] = (term.CodePage, code) switch
            {
                (28597, 0xA1) => '\u2018',
                (28597, 0xA2) => '\u2019',
                (28597, 0xA4) => '\u20AC',
                (28597, 0xA5) => '\u20AF',
                (28597, 0xAA) => '\u037A',
                (28598, 0xAF) => '\u00AF',
                (28598, 0xFD) => '\u200E',
                (28598, 0xFE) => '\u200F',
                _ => text.Length == 1 && text[0] is not (>= '\uE000' and <= '\uF8FF') ? text[0] : '\uFFFD',
            };
        }
    });

    private static System.Text.Encoding Open(int codePage, bool strict)
    {
        EncoderFallback encode = strict ? EncoderFallback.ExceptionFallback : EncoderFallback.ReplacementFallback;
        DecoderFallback decode = new DecoderReplacementFallback("\uFFFD");

        // The code pages are part of the framework; asking the provider directly registers nothing for the process.
        return CodePagesEncodingProvider.Instance.GetEncoding(codePage, encode, decode)
            ?? System.Text.Encoding.GetEncoding(codePage, encode, decode);
    }

    private static CharacterSetTerm[] Load()
    {
        List<CharacterSetTerm> terms = [Ascii];
        foreach ((string number, int page, string escape) in (ReadOnlySpan<(string, int, string)>)
        [
            ("100", 28591, "-A"), ("101", 28592, "-B"), ("109", 28593, "-C"), ("110", 28594, "-D"),
            ("144", 28595, "-L"), ("127", 28596, "-G"), ("126", 28597, "-F"), ("138", 28598, "-H"),
            ("148", 28599, "-M"), ("203", 28605, "-b"), ("166", 874, "-T"),
        ])
        {
            terms.Add(new("ISO_IR " + number, page, escape, CharacterSetKind.G1SingleByte));
        }

        terms.Add(new("ISO_IR 13", 932, ")I", CharacterSetKind.G1SingleByte));
        terms.Add(new("ISO 2022 IR 14", 932, "(J", CharacterSetKind.G0SingleByte));
        terms.Add(new("ISO 2022 IR 87", 20932, "$B", CharacterSetKind.G0DoubleByte));
        terms.Add(new("ISO 2022 IR 159", 20932, "$(D", CharacterSetKind.G0DoubleByteSupplement));
        terms.Add(new("ISO 2022 IR 149", 949, "$)C", CharacterSetKind.G1DoubleByte));
        terms.Add(new("ISO 2022 IR 58", 936, "$)A", CharacterSetKind.G1DoubleByte));
        terms.Add(new("ISO_IR 192", 65001, "", CharacterSetKind.Whole));
        terms.Add(new("GB18030", 54936, "", CharacterSetKind.Whole));
        terms.Add(new("GBK", 936, "", CharacterSetKind.Whole));
        terms.Add(new(ShiftJis, 932, "", CharacterSetKind.Whole));
        return [.. terms];
    }
}
