using System.Globalization;
using System.Text.Json;
using RecordHub.Core.Normalization;

namespace RecordHub.Core.Resources;

/// <summary>
/// The Provenance of a study: one for all its images, with an entity for each sender and door (R4 provenance.html). Its
/// source is the study itself, whose bytes are at WADO-RS.
/// </summary>
public static class StudyProvenance
{
    /// <summary>The logical id of a study's Provenance.</summary>
    public static string IdOf(StudyKey study) => ResourceId.Of(study.Case, "Provenance", study.StudyInstanceUid);

    /// <summary>Says who brought the study; null when nobody did. Pure; the order of the deliveries does not matter.</summary>
    public static StoredResource? Build(StudyKey study, string patientId, IReadOnlyList<StudyDelivery> deliveries)
    {
        ArgumentNullException.ThrowIfNull(deliveries);
        if (deliveries.Count == 0)
        {
            return null;
        }

        StudyDelivery[] ordered =
        [
            .. deliveries.OrderBy(one => one.First).ThenBy(one => one.Door)
                .ThenBy(one => one.Site, StringComparer.Ordinal).ThenBy(one => one.Sender, StringComparer.Ordinal),
        ];
        string id = IdOf(study);
        byte[] json = FhirJson.Resource("Provenance", writer => Write(writer, id, study, patientId, ordered));
        return new StoredResource
        {
            Type = "Provenance",
            Id = id,
            Case = study.Case,
            PatientId = patientId,
            Json = json,
            Index = FhirIndexer.Index("Provenance", json),
        };
    }

    private static void Write(
        Utf8JsonWriter writer, string id, StudyKey study, string patientId, StudyDelivery[] deliveries)
    {
        DateTimeOffset last = deliveries.Max(one => one.Last);
        writer.WriteString("id", id);
        writer.WriteStartArray("target");
        writer.ReferenceItem("ImagingStudy/" + ImagingStudyBuilder.StudyId(study));
        writer.ReferenceItem("Patient/" + patientId);
        writer.WriteEndArray();
        writer.WriteStartObject("occurredPeriod");
        writer.WriteString("start", ProvenanceParts.Instant(deliveries[0].First));
        writer.WriteString("end", ProvenanceParts.Instant(last));
        writer.WriteEndObject();
        writer.WriteString("recorded", ProvenanceParts.Instant(last));
        string[] doors = [.. deliveries.Select(one => ProvenanceParts.Text(one.Door)).Distinct()];
        writer.Concept("activity", null, null, null, string.Join(", ", doors));
        writer.WriteStartArray("agent");
        foreach ((string? site, string? sender) in deliveries.Select(one => (one.Site, one.Sender)).Distinct())
        {
            writer.Agents(site, sender);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("entity");
        foreach (StudyDelivery delivery in deliveries)
        {
            WriteEntity(writer, study, delivery);
        }

        writer.WriteEndArray();
    }

    private static void WriteEntity(Utf8JsonWriter writer, StudyKey study, StudyDelivery delivery)
    {
        writer.WriteStartObject();
        writer.WriteString("role", "source");
        writer.WriteStartObject("what");
        writer.WritePropertyName("identifier");
        writer.Identifier(DicomFhir.UidSystem, "urn:oid:" + study.StudyInstanceUid);
        string instances = delivery.Instances == 1 ? "1 instance" : string.Create(
            CultureInfo.InvariantCulture, $"{delivery.Instances} instances");
        writer.Text("display", $"{instances} {ProvenanceParts.Text(delivery.Door)}");
        writer.WriteEndObject();
        writer.WriteStartArray("agent");
        writer.Agents(delivery.Site, delivery.Sender);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
