using System.Text;

namespace RecordHub.Dicom.Encoding;

/// <summary>Decodes text that switches character sets by escape sequences (PS3.5 §6.1.2.4, §6.1.2.5).</summary>
/// <remarks>
/// Escape sequences of sets that were not declared are obeyed too. Eight-bit bytes where no set is invoked are read in
/// the last one that was, else in the first declared one that has such bytes: senders forget to switch again after a
/// delimiter.
/// </remarks>
internal ref struct Iso2022Decoder
{
    private const byte EscapeByte = 0x1B;
    private const char Replacement = '\uFFFD';

    private readonly ReadOnlySpan<byte> _delimiters;
    private readonly CharacterSetTerm _firstG0;
    private readonly CharacterSetTerm? _firstG1;
    private readonly StringBuilder _text = new();
    private CharacterSetTerm? _fallbackG1;
    private CharacterSetTerm _g0;
    private CharacterSetTerm? _g1;

    public Iso2022Decoder(IReadOnlyList<CharacterSetTerm> terms, ReadOnlySpan<byte> delimiters)
    {
        _delimiters = delimiters;
        CharacterSetTerm first = terms[0];
        _firstG0 = first.CodePage == 932 ? ByEscape("(J") ?? CharacterSetTerm.Ascii : CharacterSetTerm.Ascii;
        _firstG1 = IsG1(first) ? first : null;
        _g0 = _firstG0;
        _g1 = _firstG1;
        foreach (CharacterSetTerm term in terms)
        {
            _fallbackG1 ??= IsG1(term) ? term : null;
        }
    }

    public string Decode(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            byte next = bytes[0];
            int used = next switch
            {
                EscapeByte => Switch(bytes),
                >= 0x80 => High(bytes),
                _ => Low(bytes),
            };
            bytes = bytes[used..];
        }

        return _text.ToString();
    }

    private static bool IsG1(CharacterSetTerm term) =>
        term.Kind is CharacterSetKind.G1SingleByte or CharacterSetKind.G1DoubleByte;

    private static CharacterSetTerm? ByEscape(string escape)
    {
        foreach (CharacterSetTerm term in CharacterSetTerm.All)
        {
            if (term.Escape == escape)
            {
                return term;
            }
        }

        return null;
    }

    private int Switch(ReadOnlySpan<byte> bytes)
    {
        foreach (CharacterSetTerm term in CharacterSetTerm.All)
        {
            string escape = term.Escape;
            if (escape.Length > 0 && bytes.Length > escape.Length && Matches(bytes[1..], escape))
            {
                Invoke(term);
                return escape.Length + 1;
            }
        }

        if (bytes.Length >= 3 && bytes[1] == '$' && bytes[2] == '@' && ByEscape("$B") is { } older)
        {
            Invoke(older);
            return 3;
        }

        _text.Append(Replacement);
        return 1;
    }

    private static bool Matches(ReadOnlySpan<byte> bytes, string escape)
    {
        for (int i = 0; i < escape.Length; i++)
        {
            if (bytes[i] != escape[i])
            {
                return false;
            }
        }

        return true;
    }

    private void Invoke(CharacterSetTerm term)
    {
        if (IsG1(term))
        {
            _g1 = term;
            _fallbackG1 = term;
        }
        else
        {
            _g0 = term;
        }
    }

    private int Low(ReadOnlySpan<byte> bytes)
    {
        byte next = bytes[0];
        bool pairs = _g0.Kind is CharacterSetKind.G0DoubleByte or CharacterSetKind.G0DoubleByteSupplement;
        if (pairs && next > 0x20 && bytes.Length > 1 && bytes[1] is > 0x20 and < 0x7F)
        {
            // The code page has the supplementary set with the second byte's upper bit clear.
            if (_g0.Kind == CharacterSetKind.G0DoubleByteSupplement && next == 0x22 && (bytes[1] is 0x37 or 0x71))
            {
                // Two that the code page lacks.
                _text.Append(bytes[1] == 0x37 ? '\uFF5E' : '\u2116');
                return 2;
            }

            byte second = _g0.Kind == CharacterSetKind.G0DoubleByte ? (byte)(bytes[1] | 0x80) : bytes[1];
            Append(_g0, [(byte)(next | 0x80), second]);
            return 2;
        }

        _text.Append((char)next);
        if (_delimiters.Contains(next) || next is (byte)'\r' or (byte)'\n' or (byte)'\f' or (byte)'\t')
        {
            _g0 = _firstG0;
            _g1 = _firstG1;
        }

        return 1;
    }

    private int High(ReadOnlySpan<byte> bytes)
    {
        CharacterSetTerm? set = _g1 ?? _fallbackG1;
        if (set is null)
        {
            _text.Append(Replacement);
            return 1;
        }

        if (set.Kind == CharacterSetKind.G1DoubleByte)
        {
            int length = Math.Min(2, bytes.Length);
            bool pair = length == 2 && bytes[1] != EscapeByte;
            Append(set, bytes[..(pair ? 2 : 1)]);
            return pair ? 2 : 1;
        }

        if (set.CodePage == 932 && bytes.Length > 1 && bytes[0] is >= 0x81 and not (>= 0xA0 and <= 0xDF) && bytes[1] >= 0x40)
        {
            // No katakana, but a character of Shift JIS, which this term is written for in error.
            Append(set, bytes[..2]);
            return 2;
        }

        _text.Append(set.Upper[bytes[0] - 128]);
        return 1;
    }

    private readonly void Append(CharacterSetTerm term, ReadOnlySpan<byte> bytes) =>
        _text.Append(term.Decoder.GetString(bytes));
}
