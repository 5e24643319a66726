using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Core.Normalization.DicomInput;

/// <summary>What the DocumentReferences of encapsulated documents and structured reports have in common.</summary>
internal static class DicomDocument
{
    private static readonly DicomTag s_verifyingName = new(0x0040, 0xA075);
    private static readonly DicomTag s_verifyingObservers = new(0x0040, 0xA073);
    private static readonly DicomTag s_referencedRequests = new(0x0040, 0xA370);
    private static readonly DicomTag s_currentEvidence = new(0x0040, 0xA375);
    private static readonly DicomTag s_completion = new(0x0040, 0xA491);
    private static readonly DicomTag s_acquisition = new(0x0008, 0x002A);

    /// <summary>The key of everything made of an instance: its UID alone would let a conflicting copy take its place.</summary>
    public static string Key(InstanceFacts facts, NormalizationContext context, string what) =>
        $"{facts.SopInstanceUid}.{context.Content}.{what}";

    public static DocumentFacts Describe(
        DicomDataSet dataSet, InstanceFacts facts, NormalizationContext context, IReadOnlyList<AttachmentFacts> attachments)
    {
        string? zone = facts.TimezoneOffsetFromUtc;
        string? made = DicomFhir.DateTime(
            dataSet.GetString(DicomTags.ContentDate), dataSet.GetString(DicomTags.ContentTime), zone);
        string? acquired = DicomFhir.DateTime(dataSet.GetString(s_acquisition), zone);
        string? studied = DicomFhir.DateTime(facts.StudyDate, facts.StudyTime, zone);
        string? created = made ?? acquired ?? studied;
        return new DocumentFacts
        {
            MasterIdentifier = (DicomFhir.UidSystem, "urn:oid:" + facts.SopInstanceUid),
            Identifiers = [("urn:ietf:rfc:3986", "urn:hash:sha256:" + context.Content)],
            DocStatus = dataSet.GetString(s_completion)?.Trim() switch
            {
                "COMPLETE" => "final",
                "PARTIAL" => "preliminary",
                _ => null,
            },
            Description = facts.Title ?? facts.SeriesDescription,
            Instant = created?.Contains('T', StringComparison.Ordinal) == true ? created : null,
            Period = studied ?? created,
            Authors = Authors(dataSet),
            Custodian = facts.InstitutionName,
            Attachments = [.. attachments.Select(attachment => attachment with { Creation = created })],
            Related = [.. Related(dataSet, facts)],
        };
    }

    /// <summary>A concept's LOINC code when it is one.</summary>
    public static (string? System, string Code, string? Display)? Loinc(DicomCode? code) =>
        code is { System: "http://loinc.org" } known ? (known.System, known.Value, known.Meaning) : null;

    private static List<string> Authors(DicomDataSet dataSet)
    {
        List<string> authors = [];
        foreach (DicomDataSet observer in dataSet.GetSequence(s_verifyingObservers))
        {
            if (DicomFhir.Name(observer.GetString(s_verifyingName)) is { } name && !authors.Contains(name))
            {
                authors.Add(name);
            }
        }

        return authors;
    }

    private static IEnumerable<(string? Reference, string? Type, string? System, string Value)> Related(
        DicomDataSet dataSet, InstanceFacts facts)
    {
        yield return (
            Placeholder.For("study"), "ImagingStudy", DicomFhir.UidSystem, "urn:oid:" + facts.StudyInstanceUid);

        SortedSet<string> others = new(StringComparer.Ordinal);
        foreach (DicomTag tag in (DicomTag[])[s_referencedRequests, s_currentEvidence])
        {
            foreach (DicomDataSet item in dataSet.GetSequence(tag))
            {
                if (item.GetUid(DicomTags.StudyInstanceUID) is { IsNone: false } uid)
                {
                    others.Add(uid.ToString());
                }
            }
        }

        others.Remove(facts.StudyInstanceUid);
        foreach (string other in others)
        {
            yield return (null, "ImagingStudy", DicomFhir.UidSystem, "urn:oid:" + other);
        }

        if (facts.AccessionNumber is { } accession)
        {
            yield return (null, "ServiceRequest", null, accession);
        }
    }
}
