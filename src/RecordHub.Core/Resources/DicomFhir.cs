using System.Globalization;

namespace RecordHub.Core.Resources;

/// <summary>Values of DICOM in the words of FHIR.</summary>
internal static class DicomFhir
{
    public const string UidSystem = "urn:dicom:uid";
    public const string CodeSystem = "http://dicom.nema.org/resources/ontology/DCM";

    /// <summary>
    /// A FHIR dateTime of DA, TM and Timezone Offset From UTC. The time is left out when no offset is known: FHIR has no
    /// local times, and a guessed offset would be a false statement (R4 datatypes.html §dateTime).
    /// </summary>
    public static string? DateTime(string? date, string? time, string? offset)
    {
        if (Date(date) is not { } day)
        {
            return null;
        }

        return day.Length == 10 && Offset(offset) is { } zone && Time(time) is { } clock ? $"{day}T{clock}{zone}" : day;
    }

    /// <summary>A DT value (PS3.5 §6.2): date, time and offset in one.</summary>
    public static string? DateTime(string? text, string? offset)
    {
        string value = text?.Trim() ?? string.Empty;
        int sign = value.IndexOfAny(['+', '-']);
        string stated = sign < 0 ? value : value[..sign];
        string? zone = sign < 0 ? offset : value[sign..];
        return stated.Length > 8 ? DateTime(stated[..8], stated[8..], zone) : Date(stated);
    }

    /// <summary>A FHIR date of DA, also in the form of ACR-NEMA with dots; null when it is none of the calendar.</summary>
    public static string? Date(string? date)
    {
        string digits = date?.Trim().Replace(".", string.Empty, StringComparison.Ordinal) ?? string.Empty;
        return Identity.PartialDate.TryParse(digits, out Identity.PartialDate value) ? value.ToString() : null;
    }

    /// <summary>The name of a person as one reads it: prefix, given, middle, family, suffix.</summary>
    public static string? Name(string? personName)
    {
        string group = (personName ?? string.Empty).Split('=').FirstOrDefault(part => part.Trim('^', ' ').Length > 0)
            ?? string.Empty;
        string[] parts = group.Split('^');
        string[] order = [Part(parts, 3), Part(parts, 1), Part(parts, 2), Part(parts, 0), Part(parts, 4)];
        string name = string.Join(' ', order.Where(part => part.Length > 0));
        return name.Length == 0 ? null : name;
    }

    private static string Part(string[] parts, int index) => index < parts.Length ? parts[index].Trim() : string.Empty;

    private static string? Time(string? time)
    {
        string text = time?.Trim().Replace(":", string.Empty, StringComparison.Ordinal) ?? string.Empty;
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        string clock = dot < 0 ? text : text[..dot];
        string fraction = dot < 0 ? string.Empty : text[(dot + 1)..];
        if (clock.Length is not (4 or 6) || !clock.All(char.IsAsciiDigit) || !fraction.All(char.IsAsciiDigit))
        {
            return null;
        }

        int hour = Number(clock, 0);
        int minute = Number(clock, 2);
        int second = clock.Length == 6 ? Number(clock, 4) : 0;
        if (hour > 23 || minute > 59 || second > 60)
        {
            return null;
        }

        string shown = fraction.TrimEnd('0') is { Length: > 0 } digits ? "." + digits : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{hour:D2}:{minute:D2}:{Math.Min(second, 59):D2}{shown}");
    }

    private static string? Offset(string? offset)
    {
        string text = offset?.Trim() ?? string.Empty;
        bool valid = text.Length == 5 && text[0] is '+' or '-' && text[1..].All(char.IsAsciiDigit)
            && Number(text, 1) <= 14 && Number(text, 3) < 60;
        return valid ? $"{text[..3]}:{text[3..]}" : null;
    }

    private static int Number(string text, int start) =>
        int.Parse(text.AsSpan(start, 2), NumberStyles.None, CultureInfo.InvariantCulture);
}
