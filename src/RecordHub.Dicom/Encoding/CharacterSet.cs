using System.Collections.Concurrent;
using System.Text;

namespace RecordHub.Dicom.Encoding;

/// <summary>A Specific Character Set (PS3.3 §C.12.1.1.2): one term, or several with code extensions.</summary>
internal sealed class CharacterSet
{
    private const int MaxCached = 256;
    private const byte Escape = 0x1B;

    private static readonly ConcurrentDictionary<string, CharacterSet> s_cache = new(StringComparer.Ordinal);
    private static readonly System.Text.Encoding s_strictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    private readonly CharacterSetTerm[] _terms;

    private CharacterSet(CharacterSetTerm[] terms, bool isMisspelled, bool isUnknown)
    {
        _terms = terms;
        IsMisspelled = isMisspelled;
        IsUnknown = isUnknown;
    }

    /// <summary>The default repertoire: seven bits.</summary>
    public static CharacterSet Default { get; } = new([CharacterSetTerm.Ascii], isMisspelled: false, isUnknown: false);

    public static CharacterSet Utf8 { get; } = Of("ISO_IR 192"u8);

    public static CharacterSet Latin1 { get; } = Of("ISO_IR 100"u8);

    /// <summary>A term was understood although the standard does not spell it so.</summary>
    public bool IsMisspelled { get; }

    /// <summary>A term was not understood.</summary>
    public bool IsUnknown { get; }

    /// <summary>Whether bytes are UTF-8, or plain ASCII, as they are.</summary>
    public bool IsUtf8 => _terms[0].CodePage == 65001;

    private CharacterSetTerm First => _terms[0];

    /// <summary>The character set of a value of (0008,0005).</summary>
    public static CharacterSet Of(ReadOnlySpan<byte> specificCharacterSet)
    {
        ReadOnlySpan<byte> trimmed = specificCharacterSet.TrimEnd(" \0"u8);
        if (trimmed.IsEmpty)
        {
            return Default;
        }

        if (Latin1 is not null && trimmed.SequenceEqual("ISO_IR 100"u8))
        {
            return Latin1;
        }

        if (Utf8 is not null && trimmed.SequenceEqual("ISO_IR 192"u8))
        {
            return Utf8;
        }

        string text = System.Text.Encoding.Latin1.GetString(trimmed[..Math.Min(trimmed.Length, 256)]);
        if (s_cache.TryGetValue(text, out CharacterSet? known))
        {
            return known;
        }

        CharacterSet parsed = Parse(text);
        if (s_cache.Count < MaxCached)
        {
            s_cache.TryAdd(text, parsed);
        }

        return parsed;
    }

    /// <summary>The text of a value; never fails: bytes that are no text become U+FFFD.</summary>
    /// <param name="bytes">The whole value, backslashes included.</param>
    /// <param name="delimiters">Bytes that bring the first character set back (PS3.5 §6.1.2.5.3).</param>
    public string Decode(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> delimiters)
    {
        if (Ascii.IsValid(bytes) && !bytes.Contains(Escape))
        {
            return System.Text.Encoding.ASCII.GetString(bytes);
        }

        if (First.Kind == CharacterSetKind.Whole)
        {
            return First.Decoder.GetString(bytes);
        }

        bool isDefault = _terms.Length == 1 && First == CharacterSetTerm.Ascii;
        if (isDefault && !bytes.Contains(Escape) && TryUtf8(bytes, out string text))
        {
            return text;
        }

        return new Iso2022Decoder(_terms, delimiters).Decode(bytes);
    }

    /// <summary>The bytes of a text.</summary>
    /// <exception cref="ArgumentException">The character set does not have a character of it.</exception>
    public byte[] Encode(string text)
    {
        if (Ascii.IsValid(text))
        {
            return System.Text.Encoding.ASCII.GetBytes(text);
        }

        try
        {
            return First.Encoder.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException($"{First.Name} does not have a character of the text.", nameof(text));
        }
    }

    private static CharacterSet Parse(string text)
    {
        List<CharacterSetTerm> terms = [];
        bool misspelled = false;
        bool unknown = false;
        string[] values = text.Split('\\');
        foreach (string value in values)
        {
            CharacterSetTerm? term = CharacterSetNames.Find(value, out bool exact);
            unknown |= term is null;

            // Among several each one has the name with code extensions (PS3.3 Table C.12-3).
            bool wrongForm = values.Length > 1 && value.StartsWith("ISO_IR", StringComparison.Ordinal);
            misspelled |= term is not null && (!exact || wrongForm);
            terms.Add(term ?? CharacterSetTerm.Ascii);
        }

        // Only the first term may stand alone; UTF-8 and the Chinese ones do not take part in code extensions.
        CharacterSetTerm? whole = terms.Find(term => term.Kind == CharacterSetKind.Whole);
        misspelled |= whole is not null && terms.Count > 1;
        return new CharacterSet(whole is null ? [.. terms] : [whole], misspelled, unknown);
    }

    // Eight-bit text without a declared character set is against the standard; if it is UTF-8 it is so by no accident.
    private static bool TryUtf8(ReadOnlySpan<byte> bytes, out string text)
    {
        try
        {
            text = s_strictUtf8.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = string.Empty;
            return false;
        }
    }
}
