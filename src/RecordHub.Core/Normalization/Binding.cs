using System.Security.Cryptography;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization;

/// <summary>Binds a record's drafts to the case that it was found to belong to. Pure.</summary>
public static class Binding
{
    /// <summary>Gives ids, replaces placeholders, adds where it came from, and indexes.</summary>
    /// <remarks>
    /// A plain image has no resource of its own (its study's ImagingStudy is rebuilt from all instances, and its bytes are
    /// at WADO-RS), so it gets neither a Provenance nor a Binary here: its study's <see cref="StudyProvenance"/> speaks for it.
    /// </remarks>
    public static BoundRecord Bind(
        PatientRecord record, ReceivedItem item, CasePatient patient, CaseNumber number, RecordId recordId)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(patient);
        Dictionary<string, string> places = Places(record, patient, number);
        string? original = record.Binaries.FirstOrDefault(IsOriginal) is { } draft
            ? "Binary/" + IdOf(number, draft)
            : null;

        // The bytes of an instance are at WADO-RS; as a Binary they would differ by door, in their file meta information.
        string? source = original ?? (record.Instance is { } facts ? "urn:oid:" + facts.SopInstanceUid : null);

        List<StoredResource> resources = [];
        foreach (ResourceDraft resource in record.Resources)
        {
            string id = ResourceId.Of(number, resource.Type, resource.Key);
            byte[] json = DraftBinder.Bind(
                resource, id, resource.IsItsContent ? null : source, places, out bool isAboutPatient);
            resources.Add(Stored(resource.Type, id, number, isAboutPatient ? patient.Id : null, recordId, json));
        }

        if (resources.Count > 0)
        {
            string id = ProvenanceIdOf(number, item.Content, record.Part);
            byte[] json = ProvenanceWriter.Write(id, item, patient, resources, original);
            resources.Add(Stored("Provenance", id, number, patient.Id, recordId, json));
        }

        List<DerivedBlob> blobs = [];
        List<StoredBinary> binaries = [.. record.Binaries.Select(binary => Stored(binary, item, number, recordId, blobs))];
        return new BoundRecord
        {
            Resources = resources,
            Binaries = binaries,
            Blobs = blobs,
            Instance = record.Instance is null
                ? null
                : new StoredInstance
                {
                    Case = number,
                    PatientId = patient.Id,
                    RecordId = recordId.ToString(),
                    Blob = item.Blob,
                    Length = item.Length,
                    DataSet = item.Content,
                    Facts = record.Instance,
                },
        };
    }

    /// <summary>The id of the Provenance that says where a record's resources came from.</summary>
    public static string ProvenanceIdOf(CaseNumber number, ContentHash content, int part) =>
        ResourceId.Of(number, "Provenance", $"{content}.{part}");

    /// <summary>The key of the Binary that holds the original bytes of a record.</summary>
    internal static string OriginalKey(ContentHash content, int part) => $"{content}.original.{part}";

    private static bool IsOriginal(BinaryDraft binary) => binary.Key.Contains(".original.", StringComparison.Ordinal);

    private static string IdOf(CaseNumber number, BinaryDraft binary) => ResourceId.Of(number, "Binary", binary.Key);

    private static Dictionary<string, string> Places(PatientRecord record, CasePatient patient, CaseNumber number)
    {
        Dictionary<string, string> places = new(StringComparer.Ordinal)
        {
            [Placeholder.Patient] = "Patient/" + patient.Id,
        };
        foreach (ResourceDraft resource in record.Resources)
        {
            places[Placeholder.For(resource.Key)] =
                $"{resource.Type}/{ResourceId.Of(number, resource.Type, resource.Key)}";
        }

        foreach (BinaryDraft binary in record.Binaries)
        {
            places[Placeholder.For(binary.Key)] = "Binary/" + IdOf(number, binary);
        }

        if (record.Instance is { } instance)
        {
            places[Placeholder.For("study")] =
                "ImagingStudy/" + ImagingStudyBuilder.StudyId(new StudyKey(number, instance.StudyInstanceUid));
        }

        return places;
    }

    private static StoredResource Stored(
        string type, string id, CaseNumber number, string? patientId, RecordId recordId, byte[] json) => new()
        {
            Type = type,
            Id = id,
            Case = number,
            PatientId = patientId,
            RecordId = recordId.ToString(),
            Json = json,
            Index = FhirIndexer.Index(type, json),
        };

    private static StoredBinary Stored(
        BinaryDraft binary, ReceivedItem item, CaseNumber number, RecordId recordId, List<DerivedBlob> blobs)
    {
        bool isDerived = binary.Offset is null;
        ContentHash blob = item.Blob;
        if (isDerived)
        {
            blob = ContentHash.FromDigest(SHA256.HashData(binary.Derived.Span));
            blobs.Add(new DerivedBlob(blob, binary.Derived));
        }

        long offset = binary.Offset ?? 0;
        return new StoredBinary
        {
            Id = IdOf(number, binary),
            Case = number,
            RecordId = recordId.ToString(),
            ContentType = binary.ContentType,
            Blob = blob,
            Offset = offset,
            Length = isDerived ? binary.Derived.Length : binary.Length ?? item.Length - offset,
        };
    }
}
