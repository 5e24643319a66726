using RecordHub.Documents.Text;
using RecordHub.Documents.Types;

namespace RecordHub.Documents.Hl7;

/// <summary>Segments that state a diagnosis, allergy, procedure, medication or vaccination, as coded entries.</summary>
internal static class Hl7Statements
{
    public static IReadOnlyList<CodedEntry> Read(Er7Message message, int limit) =>
        [.. message.Segments.Select(Entry).OfType<CodedEntry>().Take(limit)];

    private static CodedEntry? Entry(Er7Segment segment) => segment.Name switch
    {
        "DG1" => Make(segment, 3, Loinc.Problems, "observation", 5) is { } found
            ? found
            : segment.Text(4) is { } words
                ? new CodedEntry { SectionLoinc = Loinc.Problems, Element = "observation", Code = new DocumentCode(null, null, words) }
                : null,
        "PRB" => Make(segment, 3, Loinc.Problems, "observation", 7),
        "AL1" => Make(segment, 3, Loinc.Allergies, "observation", 6) is { } allergy
            ? allergy with { Value = segment.Text(5), IsOfSubstance = true }
            : null,
        "IAM" => Make(segment, 3, Loinc.Allergies, "observation", 13) is { } reaction
            ? reaction with { Value = segment.Text(5), IsOfSubstance = true, Status = IsTakenBack(segment) ? "entered-in-error" : null }
            : null,
        "PR1" => Make(segment, 3, Loinc.Procedures, "procedure", 5),
        "RXA" => Make(segment, 5, Loinc.Immunization, "substanceAdministration", 3) is { } given
            ? given with { Value = segment.Text(6), Unit = Unit(segment, 7), Status = segment.Text(20) }
            : null,
        "RXE" => Make(segment, 2, Loinc.MedicationList, "substanceAdministration", 32) is { } ordered
            ? ordered with { Value = segment.Text(3), Unit = Unit(segment, 5) }
            : null,
        "RXO" => Make(segment, 1, Loinc.MedicationList, "substanceAdministration", 0) is { } asked
            ? asked with { Value = segment.Text(2), Unit = Unit(segment, 4) }
            : null,
        _ => null,
    };

    // IAM-6: delete (table 0323). IAM-17: erroneous (table 0438).
    private static bool IsTakenBack(Er7Segment allergy) => allergy.Text(6) == "D" || allergy.Text(17) == "E";

    private static CodedEntry? Make(Er7Segment segment, int code, string section, string element, int time) =>
        Er7Types.CodeOrNull(segment.First(code)) is { } found
            ? new CodedEntry
            {
                SectionLoinc = section,
                Element = element,
                Code = found,
                Time = time > 0 ? StandardTime.Parse(segment.Text(time)) : null,
            }
            : null;

    private static string? Unit(Er7Segment segment, int field) => segment.First(field).Text(1) ?? segment.First(field).Text(2);
}
