using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Packages;

/// <summary>Where the things in a package came from: received bytes by their hash. Pure.</summary>
/// <remarks>
/// FHIR resources are their content, whatever brought it: a Bundle that only repeats what is here is none of their sources
/// more than the one before it. Their Provenance, which is not part of the document, names each.
/// </remarks>
/// <param name="What">What came.</param>
/// <param name="Kind">Media type, DICOM, or FHIR.</param>
/// <param name="Sha256">
/// Of the bytes; of a study: of its instances' data sets in order of SOP Instance UID; of FHIR resources: of theirs.
/// </param>
/// <param name="Institution">The institution that the record itself names; empty when it names none.</param>
internal sealed record PackageSource(string What, string Kind, string Sha256, string Institution)
{
    public override string ToString() => nameof(PackageSource);

    /// <summary>The hash that stands for all data sets of a study.</summary>
    internal static ContentHash SealOf(IEnumerable<StoredInstance> study)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (StoredInstance instance in study.OrderBy(one => one.Facts.SopInstanceUid, StringComparer.Ordinal)
            .ThenBy(one => one.DataSet))
        {
            hash.AppendData(Encoding.ASCII.GetBytes($"{instance.Facts.SopInstanceUid} {instance.DataSet}\n"));
        }

        return ContentHash.FromDigest(hash.GetHashAndReset());
    }

    internal static IReadOnlyList<PackageSource> Of(CaseAnalysis analysis)
    {
        List<PackageSource> sources = [];
        foreach (StudyFacts study in analysis.Studies)
        {
            string institution = string.Join(", ", study.Instances.Select(one => one.Facts.InstitutionName?.Trim())
                .OfType<string>().Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            sources.Add(new PackageSource(
                Narrative.Invariant($"{study.Study.Title}: study {study.Uid}, {study.Instances.Count} instances"), "DICOM",
                SealOf(study.Instances).ToString(), institution));
        }

        Dictionary<string, StoredBinary> binaries = analysis.Content.Binaries.ToDictionary(one => $"Binary/{one.Id}");
        Dictionary<string, List<ResourceVersion>> bySource = [];
        Dictionary<string, List<ResourceVersion>> byInstitution = [];
        foreach (ResourceVersion resource in analysis.Content.Filed)
        {
            string? named = SourceOf(resource);
            if (named is null && resource.RecordId is not null)
            {
                string institution = InstitutionOf(resource);
                (byInstitution.TryGetValue(institution, out List<ResourceVersion>? said)
                    ? said : byInstitution[institution] = []).Add(resource);
            }

            if (named is { } source && binaries.TryGetValue(source, out StoredBinary? original)
                && !original.ContentType.StartsWith("application/dicom", StringComparison.Ordinal))
            {
                (bySource.TryGetValue(source, out List<ResourceVersion>? list) ? list : bySource[source] = []).Add(resource);
            }
        }

        foreach ((string source, List<ResourceVersion> from) in bySource)
        {
            StoredBinary original = binaries[source];
            ResourceFacts first = analysis.Facts.First(facts => facts.Type == from[0].Type && facts.Id == from[0].Id);
            string what = from.Count == 1 ? first.Listed : Narrative.Invariant($"{from.Count} resources");
            sources.Add(new PackageSource(
                Narrative.Invariant($"{what}, {original.Length} bytes"), original.ContentType, original.Blob.ToString(),
                InstitutionOf(from[0])));
        }

        foreach ((string institution, List<ResourceVersion> said) in byInstitution)
        {
            string what = said is [{ } only]
                ? analysis.Facts.First(facts => facts.Type == only.Type && facts.Id == only.Id).Listed
                : Narrative.Invariant($"{said.Count} resources");
            sources.Add(new PackageSource(what, "FHIR", SealOf(said).ToString(), institution));
        }

        return [.. sources.OrderBy(one => one.Sha256, StringComparer.Ordinal).ThenBy(one => one.What, StringComparer.Ordinal)];
    }

    private static ContentHash SealOf(List<ResourceVersion> resources)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ResourceVersion resource in resources)
        {
            string content = Convert.ToHexStringLower(SHA256.HashData(resource.Json.Span));
            hash.AppendData(Encoding.ASCII.GetBytes($"{resource.Type}/{resource.Id} {content}\n"));
        }

        return ContentHash.FromDigest(hash.GetHashAndReset());
    }

    private static string? SourceOf(ResourceVersion resource)
    {
        using JsonDocument document = JsonDocument.Parse(resource.Json, new JsonDocumentOptions { MaxDepth = 256 });
        return document.RootElement.TryGetProperty("meta", out JsonElement meta) ? ResourceFacts.Text(meta, "source") : null;
    }

    private static string InstitutionOf(ResourceVersion resource)
    {
        using JsonDocument document = JsonDocument.Parse(resource.Json, new JsonDocumentOptions { MaxDepth = 256 });
        foreach (string name in (string[])["custodian", "performer", "author"])
        {
            if (document.RootElement.TryGetProperty(name, out JsonElement value)
                && ResourceFacts.Items(value).Select(one => ResourceFacts.Text(one, "display")).OfType<string>()
                    .FirstOrDefault() is { } display)
            {
                return display;
            }
        }

        return string.Empty;
    }
}
