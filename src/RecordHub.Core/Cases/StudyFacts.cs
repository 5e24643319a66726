using RecordHub.Core.Completeness;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Cases;

/// <summary>A study of a case, with the reports that belong to it. Pure.</summary>
internal sealed record StudyFacts
{
    /// <summary>Studies this much older than the newest one are earlier studies.</summary>
    private static readonly TimeSpan s_inQuestion = TimeSpan.FromDays(30);

    internal required ResourceFacts Study { get; init; }

    internal required string Uid { get; init; }

    internal required IReadOnlyList<StoredInstance> Instances { get; init; }

    internal required IReadOnlyList<ResourceFacts> Reports { get; init; }

    /// <summary>Whether it is an earlier study, not one of those in question.</summary>
    internal bool IsEarlier { get; init; }

    /// <summary>Whether all of it is here, by what the case holds.</summary>
    internal required StudyVerdict Verdict { get; init; }

    internal bool IsPartial => Verdict.State == CompletenessState.Partial;

    /// <summary>Modalities and date: enough to tell it from the others of its case.</summary>
    internal string Name => $"{string.Join("/", Modalities)} of {(Study.Date is { } text ? ClinicalDate.Day(text) : "no date")}";

    internal IReadOnlyList<string> Modalities =>
        [.. Instances.Select(one => one.Facts.Modality ?? "?").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Whether it holds more than reports: something to look at.</summary>
    internal bool HasImages => Instances.Any(one => !IsReportClass(one.Facts.SopClassUid));

    public override string ToString() => nameof(StudyFacts);

    internal static IReadOnlyList<StudyFacts> Of(
        CaseContent content, IReadOnlyList<ResourceFacts> facts, IReadOnlyDictionary<string, StudyVerdict> verdicts)
    {
        ResourceFacts[] studies = [.. facts.Where(one => one.Type == "ImagingStudy")];
        DateTimeOffset? newest = ClinicalDate.Newest(studies.Select(one => one.Date));
        ILookup<string, StoredInstance> instances = content.Instances.ToLookup(one => one.Facts.StudyInstanceUid);
        List<StudyFacts> found = [];
        foreach (IGrouping<string, StoredInstance> group in instances.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            string id = ImagingStudyBuilder.StudyId(new StudyKey(content.File.Number, group.Key));
            if (studies.FirstOrDefault(one => one.Id == id) is { } study)
            {
                found.Add(new StudyFacts
                {
                    Study = study,
                    Uid = group.Key,
                    Instances = [.. group],
                    Reports = [.. facts.Where(one => IsReport(one) && BelongsTo(one, study, group))],
                    IsEarlier = ClinicalDate.TryRead(study.Date, out DateTimeOffset at) && newest - at > s_inQuestion,
                    Verdict = verdicts[group.Key],
                });
            }
        }

        return found;
    }

    /// <summary>Imaging reports that belong to none of the studies.</summary>
    internal static IReadOnlyList<ResourceFacts> ReportsWithoutImages(
        IReadOnlyList<StudyFacts> studies, IEnumerable<ResourceFacts> imagingReports) =>
        [.. imagingReports.Where(report => !studies.Any(study => study.HasImages
            && study.Reports.Any(one => one.Reference == report.Reference)))];

    /// <summary>A report that counts as one.</summary>
    internal static bool IsReport(ResourceFacts facts) =>
        facts.Type is "DiagnosticReport" or "DocumentReference" && facts.Standing.Counts;

    // Structured reports (88.x), encapsulated documents (104.x), presentation states (11.x).
    private static bool IsReportClass(string sopClass) =>
        sopClass.StartsWith("1.2.840.10008.5.1.4.1.1.88.", StringComparison.Ordinal)
        || sopClass.StartsWith("1.2.840.10008.5.1.4.1.1.104.", StringComparison.Ordinal)
        || sopClass.StartsWith("1.2.840.10008.5.1.4.1.1.11.", StringComparison.Ordinal);

    private static bool BelongsTo(ResourceFacts report, ResourceFacts study, IGrouping<string, StoredInstance> group)
    {
        if (report.Pointers.Contains(study.Reference) || report.Pointers.Contains($"urn:oid:{group.Key}")
            || report.Pointers.Contains(group.Key))
        {
            return true;
        }

        string? accession = group.Select(one => one.Facts.AccessionNumber).FirstOrDefault(one => one is { Length: > 0 });
        return accession is not null && report.Pointers.Contains(accession);
    }
}
