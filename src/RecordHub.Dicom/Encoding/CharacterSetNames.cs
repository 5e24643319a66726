namespace RecordHub.Dicom.Encoding;

/// <summary>Finds the term that a value of Specific Character Set means, however it is spelled.</summary>
internal static class CharacterSetNames
{
    private static readonly (string Alias, string Term)[] s_aliases =
    [
        ("UTF8", "ISO_IR 192"), ("UTF-8", "ISO_IR 192"), ("ISO 10646", "ISO_IR 192"), ("UNICODE", "ISO_IR 192"),
        ("ASCII", "ISO_IR 6"), ("LATIN1", "ISO_IR 100"), ("LATIN-1", "ISO_IR 100"), ("GB2312", "ISO 2022 IR 58"),
        ("GB 18030", "GB18030"), ("GB-18030", "GB18030"), ("SHIFT_JIS", "ISO_IR 13"), ("SHIFT-JIS", "ISO_IR 13"),
        ("ISO8859-1", "ISO_IR 100"), ("ISO-8859-1", "ISO_IR 100"), ("ISO 8859-1", "ISO_IR 100"),
    ];

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
        string upper = name.ToUpperInvariant();
        foreach ((string alias, string term) in s_aliases)
        {
            if (upper == alias)
            {
                return ByName(term);
            }
        }

        return ByNumber(upper);
    }

    // With code extensions the same set is written ISO 2022 IR n.
    private static string? Extended(CharacterSetTerm term) =>
        term.Escape.Length > 0 && term.Name.StartsWith("ISO_IR ", StringComparison.Ordinal)
            ? $"ISO 2022 IR {term.Name["ISO_IR ".Length..]}"
            : null;

    private static CharacterSetTerm? ByName(string name) => CharacterSetTerm.All.FirstOrDefault(term => term.Name == name);

    // ISO IR 192, ISO-IR 100, ISO_IR_100, ISO2022 IR 87…: the number says it.
    private static CharacterSetTerm? ByNumber(string upper)
    {
        int end = upper.Length;
        while (end > 0 && char.IsAsciiDigit(upper[end - 1]))
        {
            end--;
        }

        string number = upper[end..];
        bool isRegistered = upper.Contains("ISO", StringComparison.Ordinal) && upper.Contains("IR", StringComparison.Ordinal);
        return isRegistered && number.Length > 0
            ? ByName("ISO_IR " + number) ?? ByName("ISO 2022 IR " + number)
            : null;
    }
}
