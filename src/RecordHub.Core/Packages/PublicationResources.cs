using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Packages;

/// <summary>What the server shows of a sealed version: List, Composition and DocumentReference. Pure.</summary>
internal static class PublicationResources
{
    internal const string PackageSystem = "urn:recordhub:package";

    internal static string IdentifierOf(CaseNumber number, int version) => $"{number}/{version}";

    internal static IReadOnlyList<StoredResource> Of(
        CaseFile file, PackageDocument document, PackageVersion sealedVersion, PackageVersion? previous)
    {
        List<StoredResource> resources =
        [
            Stored(file, "Composition", document.CompositionId, document.Composition),
            Stored(file, "List", ResourceId.Of(file.Number, "List", "package"), WriteList(file, sealedVersion)),
            Reference(file, sealedVersion, isCurrent: true),
        ];
        if (previous is not null)
        {
            resources.Add(Reference(file, previous, isCurrent: false));
        }

        return resources;
    }

    private static StoredResource Reference(CaseFile file, PackageVersion version, bool isCurrent)
    {
        string id = ReferenceId(file.Number, version.Version);
        return Stored(file, "DocumentReference", id, FhirJson.Resource("DocumentReference", writer =>
        {
            writer.WriteString("id", id);
            writer.WritePropertyName("masterIdentifier");
            writer.Identifier(PackageSystem, IdentifierOf(file.Number, version.Version));
            writer.WriteString("status", isCurrent ? "current" : "superseded");
            writer.Concept("type", ResourceFacts.Loinc, "57133-1", "Referral note");
            writer.Reference("subject", $"Patient/{file.Patient.Id}");
            writer.WriteString("date", PackageBuilder.Instant(version.CreatedAt));
            writer.WriteString("description", CompositionWriter.TitleOf(file.Number, version.Version));
            if (version.Version > 1)
            {
                writer.WriteStartArray("relatesTo");
                writer.WriteStartObject();
                writer.WriteString("code", "replaces");
                writer.Reference("target", $"DocumentReference/{ReferenceId(file.Number, version.Version - 1)}");
                writer.WriteEndObject();
                writer.WriteEndArray();
            }

            writer.WriteStartArray("content");
            writer.WriteStartObject();
            writer.WriteStartObject("attachment");
            writer.WriteString("contentType", "application/fhir+json");
            writer.WriteString(
                "url", $"ServiceRequest/{CaseResources.ServiceRequestId(file.Number)}/$package?version={version.Version}");
            writer.WriteNumber("size", version.Length);
            writer.WriteString("title", $"sha256:{version.Digest}");
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteStartObject("context");
            writer.WriteStartArray("related");
            writer.ReferenceItem($"ServiceRequest/{CaseResources.ServiceRequestId(file.Number)}");
            writer.WriteEndArray();
            writer.WriteEndObject();
        }));
    }

    private static ReadOnlyMemory<byte> WriteList(CaseFile file, PackageVersion version) =>
        FhirJson.Resource("List", writer =>
        {
            writer.WriteString("id", ResourceId.Of(file.Number, "List", "package"));
            writer.WriteStartArray("identifier");
            writer.Identifier(PackageSystem, file.Number.ToString());
            writer.WriteEndArray();
            writer.WriteString("status", "current");
            writer.WriteString("mode", "snapshot");
            writer.WriteString("title", CompositionWriter.TitleOf(file.Number, version.Version));
            writer.Reference("subject", $"Patient/{file.Patient.Id}");
            writer.WriteString("date", PackageBuilder.Instant(version.CreatedAt));
            writer.WriteStartArray("entry");
            foreach (PackageEntry entry in version.Entries)
            {
                writer.WriteStartObject();
                writer.Reference("item", entry.Reference, entry.Title);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });

    internal static string ReferenceId(CaseNumber number, int version) =>
        ResourceId.Of(number, "DocumentReference", $"package-{version}");

    private static StoredResource Stored(CaseFile file, string type, string id, ReadOnlyMemory<byte> json) => new()
    {
        Type = type,
        Id = id,
        Case = file.Number,
        PatientId = file.Patient.Id,
        Json = json,
        Index = FhirIndexer.Index(type, json.Span),
    };
}
