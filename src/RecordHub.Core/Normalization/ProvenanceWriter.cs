using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization;

/// <summary>Says of a record's resources when, through which door and from whom they came, and from which bytes.</summary>
internal static class ProvenanceWriter
{
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
            writer.WriteString("recorded", ProvenanceParts.Instant(item.ReceivedAt));
            writer.Concept("activity", null, null, null, ProvenanceParts.Text(item.Source.Door));
            writer.WriteStartArray("agent");
            writer.Agents(item.Source.Site, item.Source.Sender);
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
}
