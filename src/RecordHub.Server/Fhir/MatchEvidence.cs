using System.Text.Json;
using RecordHub.Core.Identity.Matching;

namespace RecordHub.Server.Fhir;

/// <summary>The grade of a match and what it rests on, as extensions of <c>Bundle.entry.search</c>.</summary>
internal static class MatchEvidence
{
    private const string GradeUrl = "http://hl7.org/fhir/StructureDefinition/match-grade";
    private const string EvidenceUrl = "urn:recordhub:StructureDefinition:match-evidence";

    /// <summary>Writes the member <c>extension</c>.</summary>
    internal static void Write(Utf8JsonWriter json, IdentityMatch match)
    {
        json.WriteStartArray("extension");
        Value(json, GradeUrl, "valueCode", CodeOf(match.Grade));
        json.WriteStartObject();
        json.WriteString("url", EvidenceUrl);
        json.WriteStartArray("extension");
        Bits(json, match.Bits);
        foreach (MatchVeto veto in match.Vetoes)
        {
            Value(json, "veto", "valueCode", Code(veto.ToString()));
        }

        foreach (FieldAgreement field in match.Fields)
        {
            if (field.Level != MatchLevel.Unsaid)
            {
                Write(json, field);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, FieldAgreement field)
    {
        json.WriteStartObject();
        json.WriteString("url", "field");
        json.WriteStartArray("extension");
        Value(json, "name", "valueCode", Code(field.Field.ToString()));
        Value(json, "level", "valueCode", Code(field.Level.ToString()));
        Bits(json, field.Bits);
        Value(json, "asked", "valueString", field.Claimed);
        Value(json, "known", "valueString", field.Known);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Bits(Utf8JsonWriter json, double bits)
    {
        json.WriteStartObject();
        json.WriteString("url", "bits");
        json.WriteNumber("valueDecimal", Math.Round((decimal)bits, 1));
        json.WriteEndObject();
    }

    // An empty string is no FHIR value.
    private static void Value(Utf8JsonWriter json, string url, string member, string text)
    {
        if (text.Length > 0)
        {
            json.WriteStartObject();
            json.WriteString("url", url);
            json.WriteString(member, text);
            json.WriteEndObject();
        }
    }

    private static string CodeOf(MatchGrade grade) => grade switch
    {
        MatchGrade.Certain => "certain",
        MatchGrade.Probable => "probable",
        MatchGrade.Possible => "possible",
        _ => "certainly-not",
    };

    private static string Code(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
