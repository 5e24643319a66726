namespace RecordHub.Documents.Hl7;

/// <summary>The encoding characters that a message declares in MSH-1 and MSH-2 (HL7 v2.8 §2.5.4).</summary>
internal readonly record struct Er7Delimiters(char Field, char Component, char Repetition, char Escape, char Subcomponent)
{
    public static Er7Delimiters Usual => new('|', '^', '~', '\\', '&');

    /// <summary>False when the segment cannot be the header of a message: the separator is a letter, or stands twice.</summary>
    public static bool TryParse(ReadOnlySpan<char> header, out Er7Delimiters delimiters)
    {
        delimiters = Usual;
        if (header.Length < 4 || char.IsLetterOrDigit(header[3]) || char.IsWhiteSpace(header[3]) || char.IsControl(header[3]))
        {
            return false;
        }

        char field = header[3];
        ReadOnlySpan<char> rest = header[4..];
        int end = rest.IndexOf(field);
        ReadOnlySpan<char> stated = end < 0 ? rest : rest[..end];
        if (stated.Length > 8)
        {
            return false;
        }

        Er7Delimiters usual = Usual;
        delimiters = new Er7Delimiters(
            field,
            stated.Length > 0 ? stated[0] : usual.Component,
            stated.Length > 1 ? stated[1] : usual.Repetition,
            stated.Length > 2 ? stated[2] : usual.Escape,
            stated.Length > 3 ? stated[3] : usual.Subcomponent);
        return delimiters.Component != field && delimiters.Repetition != field && delimiters.Subcomponent != field;
    }
}
