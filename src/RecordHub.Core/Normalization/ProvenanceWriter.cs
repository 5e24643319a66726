using System.Globalization;
using System.Text.Json;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization;

/// <summary>Says of a record's resources when, through which door and from whom they came, and from which bytes.</summary>
internal static class ProvenanceWriter
{
    private const string Participant = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

    public static byte[] Write(
        string id, ReceivedItem item, CasePatient patient, IReadOnlyList<StoredResource> targets, string? original) =>
        FhirJson.Resource("Provenance", writer =>
        {
            writer.WriteString("id", id);
            writer.WriteStartArray("target");
            foreach (StoredResource target in targets)
            {
                writer.ReferenceItem($"{target.Type}/{target.Id}");
            }

            // So that a search by patient finds it.
            writer.ReferenceItem("Patient/" + patient.Id);
            writer.WriteEndArray();
            writer.WriteString(
                "recorded",
                item.ReceivedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.Concept("activity", null, null, null, DoorText(item.Source.Door));
            writer.WriteStartArray("agent");
            WriteAgent(writer, "transmitter", "Transmitter", item.Source.Site ?? item.Source.Sender ?? "Unknown sender");
            if (item.Source is { Site: not null, Sender: not null })
            {
                WriteAgent(writer, "enterer", "Enterer", item.Source.Sender);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("entity");
            writer.WriteStartObject();
            writer.WriteString("role", "source");
            writer.WriteStartObject("what");
            writer.Text("reference", original);
            writer.WritePropertyName("identifier");
            writer.Identifier("urn:ietf:rfc:3986", "urn:hash:sha256:" + item.Blob);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndArray();
        });

    private static void WriteAgent(Utf8JsonWriter writer, string code, string display, string who)
    {
        writer.WriteStartObject();
        writer.Concept("type", Participant, code, display);
        writer.Reference("who", null, who);
        writer.WriteEndObject();
    }

    private static string DoorText(Door door) => door switch
    {
        Door.CStore => "received by DICOM C-STORE",
        Door.Stow => "received by DICOMweb STOW-RS",
        Door.Fhir => "received by FHIR",
        Door.Import => "imported",
        Door.Upload => "uploaded",
        _ => "fetched from the site",
    };
}
