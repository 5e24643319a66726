using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using RecordHub.Core.Resources;
using RecordHub.Documents;

namespace RecordHub.Core.Normalization.DocumentInput;

/// <summary>Codes and values of documents in the words of FHIR (R4 terminologies-systems.html).</summary>
internal static partial class DocumentCodes
{
    /// <summary>The FHIR name of a system given as an OID or as a name of HL7 table 0396; null when it is none we know.</summary>
    public static string? SystemOf(string? system)
    {
        string name = system?.Trim() ?? string.Empty;
        return name switch
        {
            "" => null,
            "2.16.840.1.113883.6.1" or "LN" or "LOINC" => "http://loinc.org",
            "2.16.840.1.113883.6.96" or "SCT" or "SNOMED" or "SNM" => "http://snomed.info/sct",
            "2.16.840.1.113883.6.88" or "RXNORM" => "http://www.nlm.nih.gov/research/umls/rxnorm",
            "2.16.840.1.113883.6.90" or "I10C" or "ICD10CM" => "http://hl7.org/fhir/sid/icd-10-cm",
            "2.16.840.1.113883.6.3" or "I10" or "ICD10" => "http://hl7.org/fhir/sid/icd-10",
            "2.16.840.1.113883.6.103" or "2.16.840.1.113883.6.104" or "I9C" => "http://hl7.org/fhir/sid/icd-9-cm",
            "2.16.840.1.113883.12.292" or "CVX" => "http://hl7.org/fhir/sid/cvx",
            "2.16.840.1.113883.6.69" or "NDC" => "http://hl7.org/fhir/sid/ndc",
            "2.16.840.1.113883.4.9" => "http://fdasis.nlm.nih.gov",
            "2.16.840.1.113883.6.12" or "C4" or "CPT" => "http://www.ama-assn.org/go/cpt",
            "2.16.840.1.113883.6.8" or "UCUM" => "http://unitsofmeasure.org",
            _ when name.Contains("://", StringComparison.Ordinal) || name.StartsWith("urn:", StringComparison.Ordinal) => name,
            _ when name.Length > 3 && name[1] == '.' && name.All(c => char.IsAsciiDigit(c) || c == '.') => "urn:oid:" + name,
            _ => null,
        };
    }

    public static void Write(Utf8JsonWriter writer, string name, DocumentCode code) =>
        writer.Concept(name, SystemOf(code.System), code.Code, code.Display);

    /// <summary>value[x]: a concept, a quantity where it is a number as JSON writes one, else the words.</summary>
    public static void WriteValue(Utf8JsonWriter writer, DocumentCode? coded, string? value, string? unit, bool isUcum)
    {
        if (coded is { } concept && (concept.Code ?? concept.Display) is not null)
        {
            Write(writer, "valueCodeableConcept", concept);
            return;
        }

        string text = value?.Trim() ?? string.Empty;
        Match number = Number().Match(text);
        if (!number.Success)
        {
            writer.Text("valueString", unit is null || text.Length == 0 ? text : $"{text} {unit}");
            return;
        }

        writer.WriteStartObject("valueQuantity");
        writer.WritePropertyName("value");
        writer.WriteRawValue(number.Groups["value"].Value);
        writer.Text("comparator", number.Groups["comparator"].Value);
        writer.Text("unit", unit);
        if (isUcum && !string.IsNullOrWhiteSpace(unit) && !unit.Contains(' ', StringComparison.Ordinal))
        {
            writer.WriteString("system", "http://unitsofmeasure.org");
            writer.WriteString("code", unit);
        }

        writer.WriteEndObject();
    }

    public static void WriteRange(Utf8JsonWriter writer, string? range)
    {
        if (!string.IsNullOrWhiteSpace(range))
        {
            writer.WriteStartArray("referenceRange");
            writer.WriteStartObject();
            writer.Text("text", range);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }
    }

    public static void WriteFlag(Utf8JsonWriter writer, string? flag)
    {
        if (!string.IsNullOrWhiteSpace(flag))
        {
            writer.WriteStartArray("interpretation");
            writer.ConceptItem("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", flag, null, null);
            writer.WriteEndArray();
        }
    }

    public static string Key(string root, string what, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{root}.{what}.{index + 1}");

    [GeneratedRegex(@"^(?<comparator><=|>=|<|>)?\s*(?<value>-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
