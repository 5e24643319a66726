namespace RecordHub.Dicom.Encoding;

/// <summary>Finds the term that a value of Specific Character Set means, however it is spelled.</summary>
internal static class CharacterSetNames
{
    // Names from outside the standard, letters and digits alone.
    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.Ordinal)
    {
        ["ASCII"] = "ISO_IR 6",
        ["USASCII"] = "ISO_IR 6",
        ["UTF8"] = "ISO_IR 192",
        ["ISO10646"] = "ISO_IR 192",
        ["UNICODE"] = "ISO_IR 192",
        ["LATIN1"] = "ISO_IR 100",
        ["ISO88591"] = "ISO_IR 100",
        ["WINDOWS1252"] = "ISO_IR 100",
        ["CP1252"] = "ISO_IR 100",
        ["LATIN2"] = "ISO_IR 101",
        ["ISO88592"] = "ISO_IR 101",
        ["LATIN3"] = "ISO_IR 109",
        ["ISO88593"] = "ISO_IR 109",
        ["LATIN4"] = "ISO_IR 110",
        ["ISO88594"] = "ISO_IR 110",
        ["ISO88595"] = "ISO_IR 144",
        ["ISO88596"] = "ISO_IR 127",
        ["ISO88597"] = "ISO_IR 126",
        ["ISO88598"] = "ISO_IR 138",
        ["LATIN5"] = "ISO_IR 148",
        ["ISO88599"] = "ISO_IR 148",
        ["LATIN9"] = "ISO_IR 203",
        ["ISO885915"] = "ISO_IR 203",
        ["TIS620"] = "ISO_IR 166",
        ["ISO885911"] = "ISO_IR 166",
        ["JISX0201"] = "ISO_IR 13",
        ["JISX0208"] = "ISO 2022 IR 87",
        ["JISX0212"] = "ISO 2022 IR 159",
        ["SHIFTJIS"] = CharacterSetTerm.ShiftJis,
        ["SJIS"] = CharacterSetTerm.ShiftJis,
        ["WINDOWS31J"] = CharacterSetTerm.ShiftJis,
        ["KSX1001"] = "ISO 2022 IR 149",
        ["KSC5601"] = "ISO 2022 IR 149",
        ["EUCKR"] = "ISO 2022 IR 149",
        ["GB2312"] = "ISO 2022 IR 58",
        ["GB18030"] = "GB18030",
        ["GBK"] = "GBK",
        ["CP936"] = "GBK",
    };

    /// <summary>The term, or null when none is meant; an empty value means the default repertoire.</summary>
    /// <param name="value">One value of (0008,0005).</param>
    /// <param name="exact">Whether it is spelled as the standard does.</param>
    public static CharacterSetTerm? Find(string value, out bool exact)
    {
        string name = value.Trim(' ', '\0');
        exact = true;
        if (name.Length == 0)
        {
            return CharacterSetTerm.Ascii;
        }

        foreach (CharacterSetTerm term in CharacterSetTerm.All)
        {
            if (term.Name == name || (Extended(term) is { } extended && extended == name))
            {
                return term;
            }
        }

        exact = false;
        string letters = string.Concat(name.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit));
        return s_aliases.TryGetValue(letters, out string? known) ? ByName(known) : ByNumber(letters);
    }

    // With code extensions the same set is written ISO 2022 IR n.
    private static string? Extended(CharacterSetTerm term) =>
        term.Escape.Length > 0 && term.Name.StartsWith("ISO_IR ", StringComparison.Ordinal)
            ? $"ISO 2022 IR {term.Name["ISO_IR ".Length..]}"
            : null;

    private static CharacterSetTerm? ByName(string name) => CharacterSetTerm.All.FirstOrDefault(term => term.Name == name);

    // ISO IR 192, ISO-IR 100, ISO_IR_100, ISO2022IR87, iso_ir 101…: the registration's number says it.
    private static CharacterSetTerm? ByNumber(string letters)
    {
        string number = string.Empty;
        foreach (string before in (ReadOnlySpan<string>)["ISOIR", "ISO2022IR", "2022IR", "IR", "ISO2022", "ISO"])
        {
            if (letters.StartsWith(before, StringComparison.Ordinal))
            {
                number = letters[before.Length..];
                break;
            }
        }

        return number.Length > 0 && number.All(char.IsAsciiDigit)
            ? ByName("ISO_IR " + number) ?? ByName("ISO 2022 IR " + number)
            : null;
    }
}
