using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Packages;

/// <summary>
/// Makes the document Bundle of a case (R4 documents.html). Pure: its bytes follow from the case's content and the
/// version before; neither a clock nor the order of arrival has a part in them. Its date is the newest date in the content.
/// </summary>
internal static class PackageBuilder
{
    private static readonly DateTimeOffset s_undated = DateTimeOffset.UnixEpoch;

    /// <summary>Builds a version.</summary>
    /// <param name="content">What the case holds.</param>
    /// <param name="checklist">What it should hold.</param>
    /// <param name="version">The version to build.</param>
    /// <param name="previous">The version before; null for the first.</param>
    /// <param name="embedded">Bytes of the Binaries that are carried inside, by id.</param>
    internal static PackageDocument Build(
        CaseContent content, Checklist checklist, int version, PackageVersion? previous,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> embedded)
    {
        CaseAnalysis analysis = CaseAnalysis.Of(content);
        ChecklistReport report = ChecklistEvaluation.Evaluate(checklist, analysis);
        CaseFile file = content.File;
        string requestId = CaseResources.ServiceRequestId(file.Number);
        List<PackageResource> parts =
        [
            new("Patient", file.Patient.Id, CaseResources.Patient(file.Patient).Json, "summary", "Patient"),
            new("ServiceRequest", requestId, CaseResources.SealedServiceRequest(file), "questions", "Question"),
            .. content.Filed.Zip(analysis.Facts, (resource, facts) => new PackageResource(
                resource.Type, resource.Id, resource.Json, analysis.Sections[facts.Reference], facts.Listed)),
        ];
        Dictionary<string, StoredBinary> binaries = content.Binaries.ToDictionary(one => one.Id);
        string[] carried = [.. embedded.Keys.Where(binaries.ContainsKey).Order(StringComparer.Ordinal)];
        string compositionId = ResourceId.Of(file.Number, "Composition", $"package-{version}");
        BundleReferences references = new(
            [.. parts.Select(one => one.Reference), .. carried.Select(id => $"Binary/{id}"), $"Composition/{compositionId}"]);

        Dictionary<string, byte[]> rewritten = parts.ToDictionary(
            one => one.Reference, one => Rewrite(one.Json, references), StringComparer.Ordinal);
        PackageEntry[] entries = [.. parts
            .Select(one => new PackageEntry(one.Reference, HashOf(one, rewritten, analysis), one.Section, one.Title))
            .OrderBy(one => one.Reference, StringComparer.Ordinal)];
        IReadOnlyList<PackageChange>? changes =
            previous is null ? null : PackageDiff.Between(previous.Entries, entries);

        DateTimeOffset date = analysis.Newest ?? s_undated;
        byte[] composition = new CompositionWriter(analysis, report, changes, version, embedded.Keys.ToHashSet())
            .Write(compositionId, date, parts);
        byte[] bundle = FhirJson.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("resourceType", "Bundle");
            writer.WriteString("id", ResourceId.Of(file.Number, "Bundle", $"package-{version}"));
            writer.WritePropertyName("identifier");
            writer.Identifier(PublicationResources.PackageSystem, PublicationResources.IdentifierOf(file.Number, version));
            writer.WriteString("type", "document");
            writer.WriteString("timestamp", Instant(date));
            writer.WriteStartArray("entry");
            WriteEntry(writer, $"Composition/{compositionId}", Rewrite(composition, references));
            foreach (PackageResource part in parts)
            {
                WriteEntry(writer, part.Reference, rewritten[part.Reference]);
            }

            foreach (string id in carried)
            {
                WriteBinary(writer, binaries[id], embedded[id]);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
        return new PackageDocument
        {
            Version = version,
            Bundle = bundle,
            Digest = ContentHash.FromDigest(SHA256.HashData(bundle)),
            Composition = composition,
            CompositionId = compositionId,
            Entries = entries,
        };
    }

    internal static string Instant(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // A study is changed when the data of one of its images is, although its ImagingStudy says the same.
    private static ContentHash HashOf(
        PackageResource part, Dictionary<string, byte[]> rewritten, CaseAnalysis analysis)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(rewritten[part.Reference]);
        if (analysis.Studies.FirstOrDefault(one => one.Study.Reference == part.Reference) is { } study)
        {
            hash.AppendData(Encoding.ASCII.GetBytes(PackageSource.SealOf(study.Instances).ToString()));
        }

        return ContentHash.FromDigest(hash.GetHashAndReset());
    }

    private static byte[] Rewrite(ReadOnlyMemory<byte> json, BundleReferences references)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 });
        return FhirJson.Build(writer => references.Write(document.RootElement, writer));
    }

    private static void WriteEntry(Utf8JsonWriter writer, string reference, byte[] json)
    {
        writer.WriteStartObject();
        writer.WriteString("fullUrl", BundleReferences.UrlOf(reference));
        writer.WritePropertyName("resource");
        writer.WriteRawValue(json, skipInputValidation: true);
        writer.WriteEndObject();
    }

    private static void WriteBinary(Utf8JsonWriter writer, StoredBinary binary, ReadOnlyMemory<byte> bytes)
    {
        writer.WriteStartObject();
        writer.WriteString("fullUrl", BundleReferences.UrlOf($"Binary/{binary.Id}"));
        writer.WriteStartObject("resource");
        writer.WriteString("resourceType", "Binary");
        writer.WriteString("id", binary.Id);
        writer.WriteString("contentType", binary.ContentType);
        if (!bytes.IsEmpty)
        {
            writer.WriteBase64String("data", bytes.Span);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
