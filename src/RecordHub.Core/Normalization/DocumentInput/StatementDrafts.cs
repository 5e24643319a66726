using System.Text.Json;
using RecordHub.Core.Resources;
using RecordHub.Documents;

namespace RecordHub.Core.Normalization.DocumentInput;

/// <summary>
/// Coded statements of a document as resources, by the section that they stand in (C-CDA R2.1). What is in no section
/// that we know stays in the document alone.
/// </summary>
internal static class StatementDrafts
{
    private const string Clinical = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    private const string Verification = "http://terminology.hl7.org/CodeSystem/condition-ver-status";

    private const string AnyDrug = "410942007";

    public static void Add(List<ResourceDraft> resources, ExtractedDocument document, string root)
    {
        for (int i = 0; i < document.Entries.Count; i++)
        {
            CodedEntry entry = document.Entries[i];
            if (TypeOf(entry) is not { } type)
            {
                continue;
            }

            byte[] json = FhirJson.Resource(type, writer => Write(writer, type, entry, root));
            resources.Add(new ResourceDraft(type, DocumentCodes.Key(root, "entry", i), json));
        }
    }

    private static string? TypeOf(CodedEntry entry) => (entry.SectionLoinc, entry.Element) switch
    {
        ("11450-4" or "11348-0" or "46240-8" or "29299-5" or "10154-3", "observation") when Stated(entry.ValueCode) => "Condition",
        ("48765-2", "observation") when AllergyDrafts.IsAllergy(entry) => "AllergyIntolerance",
        ("10160-0" or "29549-3" or "10183-2" or "42346-7", "substanceAdministration") => "MedicationStatement",
        ("11369-6", "substanceAdministration") => "Immunization",
        ("47519-4", "procedure") => "Procedure",
        ("30954-2" or "8716-3" or "29762-2" or "47420-5", "observation") when HasValue(entry) => "Observation",
        _ => null,
    };

    private static bool Stated(DocumentCode? code) => !string.IsNullOrWhiteSpace(code?.Code ?? code?.Display);

    private static bool HasValue(CodedEntry entry) =>
        !entry.Negated && (Stated(entry.ValueCode) || !string.IsNullOrWhiteSpace(entry.Value));

    private static void Write(Utf8JsonWriter writer, string type, CodedEntry entry, string root)
    {
        string? time = DocumentTime.DateTime(entry.Time);
        string? end = DocumentTime.DateTime(entry.EndTime);
        switch (type)
        {
            case "Condition":
                WriteCondition(writer, entry, time, end);
                break;
            case "AllergyIntolerance":
                AllergyDrafts.Write(writer, entry, time);
                break;
            case "MedicationStatement":
                WriteMedication(writer, entry, time, end, root);
                break;
            case "Immunization":
                writer.WriteString("status", entry.Negated ? "not-done" : "completed");
                DocumentCodes.Write(writer, "vaccineCode", entry.Code);
                writer.Reference("patient", Placeholder.Patient);
                writer.Text(time is null ? "occurrenceString" : "occurrenceDateTime", time ?? "unknown");
                break;
            case "Procedure":
                writer.WriteString("status", entry.Negated ? "not-done" : ProcedureStatus(entry.Status));
                DocumentCodes.Write(writer, "code", entry.Code);
                writer.Reference("subject", Placeholder.Patient);
                WriteTime(writer, "performed", time, end);
                break;
            default:
                WriteObservation(writer, entry, time, root);
                break;
        }
    }

    // Only these types have such an element; the Provenance says it of all.
    private static void WriteSource(Utf8JsonWriter writer, string root)
    {
        writer.WriteStartArray("derivedFrom");
        writer.ReferenceItem(Placeholder.For(root + ".document"));
        writer.WriteEndArray();
    }

    private static void WriteCondition(Utf8JsonWriter writer, CodedEntry entry, string? time, string? end)
    {
        if (end is not null)
        {
            writer.Concept("clinicalStatus", Clinical, "resolved", null);
        }

        if (entry.Negated)
        {
            writer.Concept("verificationStatus", Verification, "refuted", null);
        }

        if (entry.ValueCode is { } problem)
        {
            DocumentCodes.Write(writer, "code", problem);
        }

        writer.Reference("subject", Placeholder.Patient);
        writer.Text("onsetDateTime", time);
        writer.Text("abatementDateTime", end);
    }

    private static void WriteMedication(Utf8JsonWriter writer, CodedEntry entry, string? time, string? end, string root)
    {
        if (entry.Negated && entry.Code.Code is null or AnyDrug)
        {
            WriteNoMedication(writer, time, end, root);
            return;
        }

        string status = (entry.Negated, entry.Status?.Trim().ToLowerInvariant()) switch
        {
            (true, _) => "not-taken",
            (_, "active") => "active",
            (_, "completed") => "completed",
            (_, "suspended" or "held") => "on-hold",
            (_, "aborted" or "cancelled") => "stopped",
            _ => "unknown",
        };
        writer.WriteString("status", status);
        DocumentCodes.Write(writer, "medicationCodeableConcept", entry.Code);
        writer.Reference("subject", Placeholder.Patient);
        WriteTime(writer, "effective", time, end);
        WriteSource(writer, root);
        if (!string.IsNullOrWhiteSpace(entry.Value))
        {
            writer.WriteStartArray("dosage");
            writer.WriteStartObject();
            writer.Text("text", $"{entry.Value} {entry.Unit}");
            writer.WriteEndObject();
            writer.WriteEndArray();
        }
    }

    // Negated of no drug in particular: none is taken, which is an answer (International Patient Summary).
    private static void WriteNoMedication(Utf8JsonWriter writer, string? time, string? end, string root)
    {
        writer.WriteString("status", "unknown");
        writer.Concept(
            "medicationCodeableConcept", "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-known-medications",
            "No known medications");
        writer.Reference("subject", Placeholder.Patient);
        WriteTime(writer, "effective", time, end);
        WriteSource(writer, root);
    }

    private static void WriteObservation(Utf8JsonWriter writer, CodedEntry entry, string? time, string root)
    {
        writer.WriteString("status", entry.Status?.Trim().ToLowerInvariant() is "active" ? "preliminary" : "final");
        string? category = entry.SectionLoinc switch
        {
            "30954-2" => "laboratory",
            "8716-3" => "vital-signs",
            "29762-2" => "social-history",
            _ => null,
        };
        if (category is not null)
        {
            writer.WriteStartArray("category");
            writer.ConceptItem("http://terminology.hl7.org/CodeSystem/observation-category", category, null, null);
            writer.WriteEndArray();
        }

        DocumentCodes.Write(writer, "code", entry.Code);
        writer.Reference("subject", Placeholder.Patient);
        writer.Text("effectiveDateTime", time);
        DocumentCodes.WriteValue(writer, entry.ValueCode, entry.Value, entry.Unit, isUcum: true);
        DocumentCodes.WriteFlag(writer, entry.Flag);
        DocumentCodes.WriteRange(writer, entry.ReferenceRange);
        WriteSource(writer, root);
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, string? time, string? end)
    {
        if (end is null)
        {
            writer.Text(name + "DateTime", time);
            return;
        }

        writer.WriteStartObject(name + "Period");
        writer.Text("start", time);
        writer.Text("end", end);
        writer.WriteEndObject();
    }

    private static string ProcedureStatus(string? status) => status?.Trim().ToLowerInvariant() switch
    {
        "completed" => "completed",
        "active" => "in-progress",
        "aborted" or "cancelled" => "stopped",
        _ => "unknown",
    };
}
