using System.Text;

namespace RecordHub.Documents.Hl7;

/// <summary>Data types of HL7 v2 (chapter 2A) as neutral values.</summary>
internal static class Er7Types
{
    /// <summary>CE, CWE, CNE: code, text, system; the alternate triple when the first has no code.</summary>
    public static DocumentCode Code(Er7Field field)
    {
        (int code, int text, int system) = field.Text(1) is null && field.Text(4) is not null ? (4, 5, 6) : (1, 2, 3);
        return new DocumentCode(field.Text(system), field.Text(code), field.Text(text) ?? (field.Text(code) is null ? field.Text(9) : null));
    }

    public static DocumentCode? CodeOrNull(Er7Field field) =>
        Code(field) is { } code && (code.Code ?? code.Display) is not null ? code : null;

    /// <summary>CX: id, assigning authority (HD) and type.</summary>
    public static SubjectIdentifier? Identifier(Er7Field field) =>
        field.Text(1) is { } id
            ? new SubjectIdentifier(field.Text(4, 1) ?? field.Text(4, 2), id, field.Text(5)) { IssuerUniversalId = field.Text(4, 2) }
            : null;

    /// <summary>The same of a field for numbers that others than the sender have issued.</summary>
    public static SubjectIdentifier? External(Er7Field field) =>
        Identifier(field) is { } identifier ? identifier with { IsExternal = true } : null;

    /// <summary>EI and CX order numbers: the id, the namespace, and what the number is.</summary>
    public static SubjectIdentifier? Order(Er7Field field, string type) =>
        field.Text(1) is { } id ? new SubjectIdentifier(field.Text(2) ?? field.Text(3), id, type) : null;

    /// <summary>XPN: FN may carry prefixes and the partner's name in subcomponents, of which the first is the surname.</summary>
    public static SubjectName? Name(Er7Field field)
    {
        string? family = field.Text(1);
        List<string> given = [.. new[] { field.Text(2) }.OfType<string>()];
        given.AddRange((field.Text(3) ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return family is null && given.Count == 0
            ? null
            : new SubjectName { Family = family, Given = given, Suffix = field.Text(4), Prefix = field.Text(5), Use = field.Text(7) };
    }

    /// <summary>XCN and CNN: a professional's name for showing.</summary>
    public static string? Person(Er7Field field)
    {
        // XCN starts with the id; CNN (OBR-32.1) has its parts as subcomponents.
        string[] parts = field.Text(1, 2) is not null
            ? [field.Text(1, 6) ?? string.Empty, field.Text(1, 3) ?? string.Empty, field.Text(1, 2) ?? string.Empty]
            : [field.Text(6) ?? string.Empty, field.Text(3) ?? string.Empty, field.Text(2) ?? string.Empty];
        string name = string.Join(' ', parts.Where(p => p.Length > 0));
        return name.Length > 0 ? name : null;
    }

    public static SubjectSex? Sex(string? code) => code?.ToUpperInvariant() switch
    {
        null => null,
        "F" or "FEMALE" => SubjectSex.Female,
        "M" or "MALE" => SubjectSex.Male,
        "O" or "A" or "X" => SubjectSex.Other,
        _ => SubjectSex.Unknown,
    };

    /// <summary>OBX-5 as a person would read it, by OBX-2.</summary>
    public static string Value(Er7Field field, string? type)
    {
        switch (type)
        {
            case "TX" or "FT" or "ST" or "NM" or "DT" or "TM" or "TS" or "DTM" or "ID" or "IS" or "GTS" or null:
                return field.AllText();
            case "SN":
                return string.Concat(field.Text(1), field.Text(2), field.Text(3), field.Text(4));
            case "CE" or "CWE" or "CNE" or "CF":
                DocumentCode code = Code(field);
                return code.Display ?? code.Code ?? string.Empty;
            case "NR":
                return $"{field.Text(1)}-{field.Text(2)}";
            case "CQ":
                return $"{field.Text(1)} {field.Text(2)}".Trim();
            default:
                StringBuilder joined = new();
                for (int i = 1; i <= Math.Min(field.Components, 30); i++)
                {
                    if (field.Text(i) is { } part)
                    {
                        joined.Append(joined.Length > 0 ? " " : string.Empty).Append(part);
                    }
                }

                return joined.ToString();
        }
    }
}
