using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Completeness;

namespace RecordHub.Core.Packages;

/// <summary>What each section of a package says to its reader. Pure.</summary>
internal static class SectionText
{
    internal static Narrative Of(
        Section section, CaseAnalysis analysis, ChecklistReport report, IReadOnlyList<PackageChange>? changes,
        IReadOnlyList<ResourceFacts> entries, IReadOnlySet<string> embedded) => section.Key switch
        {
            "questions" => new Narrative().Paragraph(analysis.Content.File.Question),
            "completeness" => Completeness(report, changes),
            "summary" => Summary(analysis, entries),
            "timeline" => Timeline(analysis),
            "imaging" => Imaging(analysis, entries),
            "studies-in-question" or "earlier-studies" or "slides" => Studies(analysis, entries),
            "sources" => Sources(analysis, embedded),
            "unread" => Unread(analysis),
            _ => Listing(new Narrative(), entries),
        };

    private static Narrative Completeness(ChecklistReport report, IReadOnlyList<PackageChange>? changes)
    {
        Narrative text = new Narrative().Paragraph($"Checklist: {report.Specialty}. {report.Note}");
        Findings(text, "Required, and not complete", report.Blockers);
        Findings(text, "Also open", report.Open.Where(one => !one.IsBlocker));
        Findings(text, "Present", report.Findings.Where(one => one.Outcome == ChecklistOutcome.Present));
        if (changes is null)
        {
            return text.Heading("Changes").Paragraph("This is the first version.");
        }

        text.Heading("Changes since the last version");
        return changes.Count == 0
            ? text.Paragraph("No record was added, changed or removed.")
            : text.List(changes.Select(Change));
    }

    // What has left may be another patient's, its title too; the version that holds it is not to be relied on.
    private static string Change(PackageChange change) => change.Kind == PackageChangeKind.Removed
        ? $"Removed: {change.Entry.Reference}, which a person or a later record has shown not to belong here; do not rely on an earlier version that holds it"
        : $"{Word(change.Kind)}: {change.Entry.Title} ({change.Entry.Reference})";

    private static void Findings(Narrative text, string heading, IEnumerable<ChecklistFinding> findings)
    {
        string[] lines = [.. findings.Select(one => $"{one.Label}: {Word(one.Outcome)}. {one.Detail}")];
        if (lines.Length > 0)
        {
            text.Heading(heading).List(lines);
        }
    }

    private static Narrative Summary(CaseAnalysis analysis, IReadOnlyList<ResourceFacts> entries)
    {
        CaseContent content = analysis.Content;
        Narrative text = new Narrative().Paragraph(
            $"{content.File.Patient.Name.Given} {content.File.Patient.Name.Family}, born {content.File.Patient.BirthDate}, "
            + $"{content.File.Patient.Sex.ToString().ToLowerInvariant()}. Specialty: {content.File.Specialty}.");
        text.Paragraph(Narrative.Invariant(
            $"{analysis.Studies.Count} imaging studies with {content.Instances.Count} instances, {content.Filed.Count} resources."));
        return Listing(text, [.. entries.Where(one => one.Type != "Patient")]);
    }

    private static Narrative Timeline(CaseAnalysis analysis)
    {
        ResourceFacts[] dated = [.. analysis.Facts.Where(one => one.Date is not null && SectionRules.KeyOf(one) != "sources")
            .OrderBy(one => ClinicalDate.TryRead(one.Date, out DateTimeOffset at) ? at : default)
            .ThenBy(one => one.Reference, StringComparer.Ordinal)];
        return dated.Length == 0
            ? new Narrative()
            : new Narrative().Table(
                ["Date", "What", "Kind"],
                dated.Select(one => (IReadOnlyList<string>)[ClinicalDate.Day(one.Date ?? string.Empty), one.Told, one.Type]));
    }

    private static Narrative Imaging(CaseAnalysis analysis, IReadOnlyList<ResourceFacts> entries)
    {
        Narrative text = new();
        StudyFacts[] bare = [.. analysis.Studies.Where(one => one.HasImages && one.Reports.Count == 0)];
        IReadOnlyList<ResourceFacts> orphans = StudyFacts.ReportsWithoutImages(
            analysis.Studies, entries.Where(StudyFacts.IsReport));
        if (bare.Length > 0)
        {
            text.Heading("Images without a report").List(bare.Select(one => Line(one.Study)));
        }

        if (orphans.Count > 0)
        {
            text.Heading("Reports without images").List(orphans.Select(Line));
        }

        return Listing(text, entries);
    }

    private static Narrative Studies(CaseAnalysis analysis, IReadOnlyList<ResourceFacts> entries)
    {
        StudyFacts[] studies = [.. analysis.Studies.Where(one => entries.Any(entry => entry.Reference == one.Study.Reference))
            .OrderByDescending(one => ClinicalDate.TryRead(one.Study.Date, out DateTimeOffset at) ? at : default)
            .ThenBy(one => one.Uid, StringComparer.Ordinal)];
        return studies.Length == 0
            ? Listing(new Narrative(), entries)
            : new Narrative().Table(
                ["Date", "Study", "Modality", "Instances", "Report", "Remarks"],
                studies.Select(one => (IReadOnlyList<string>)
                [
                    one.Study.Date is { } date ? ClinicalDate.Day(date) : "no date",
                    one.Study.Listed,
                    string.Join(", ", one.Modalities),
                    Narrative.Invariant($"{one.Instances.Count}"),
                    one.Reports.Count == 0 ? "none" : string.Join("; ", one.Reports.Select(report => report.Listed)),
                    one.Verdict.State == CompletenessState.Complete ? "complete" : string.Join(" ", one.Verdict.Lacks),
                ]));
    }

    private static Narrative Sources(CaseAnalysis analysis, IReadOnlySet<string> embedded)
    {
        IReadOnlyList<PackageSource> sources = PackageSource.Of(analysis);
        Narrative text = new();
        if (sources.Count > 0)
        {
            text.Table(
                ["What", "Kind", "SHA-256", "Institution"],
                sources.Select(one => (IReadOnlyList<string>)[one.What, one.Kind, one.Sha256, one.Institution]));
        }

        string[] nameless = [.. analysis.Content.Nameless
            .GroupBy(one => one.StudyInstanceUid ?? one.Item.Content.ToString(), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.First().StudyInstanceUid is { } uid
                ? Narrative.Invariant($"study {uid}: {group.Count()} objects")
                : Narrative.Invariant($"{group.First().Title}, SHA-256 {group.Key}")),
            .. analysis.Facts.Where(one => analysis.Content.NamelessResources.Contains(one.Reference))
                .Select(one => $"{Line(one)} ({one.Reference})")];
        if (nameless.Length > 0)
        {
            text.Heading("Name no patient: here only because somebody said that they belong to this case").List(nameless);
        }

        HashSet<string> attached = [.. analysis.Content.Filed.SelectMany(Attachments.Of)];
        string[] left = [.. analysis.Content.Binaries
            .Where(one => attached.Contains($"Binary/{one.Id}") && !embedded.Contains(one.Id))
            .OrderBy(one => one.Id, StringComparer.Ordinal)
            .Select(one => Narrative.Invariant($"Binary/{one.Id}, {one.ContentType}"))];
        return left.Length == 0 ? text : text.Heading("Kept on the server, too large for this document").List(left);
    }

    private static Narrative Unread(CaseAnalysis analysis)
    {
        CaseContent content = analysis.Content;
        Narrative text = content.Unreadable.Count == 0
            ? new Narrative()
            : new Narrative().Table(
                ["What", "Why", "SHA-256"],
                content.Unreadable.Select(one => (IReadOnlyList<string>)
                    [one.Title, $"{one.Reason}: {one.Explanation}", one.Item.Content.ToString()]));
        if (content.PartlyRead.Count > 0)
        {
            text.Heading("Read, but not all of it").Table(
                ["What", "What is lost", "SHA-256"],
                content.PartlyRead.Select(one => (IReadOnlyList<string>)
                    [one.Title, $"{string.Join("; ", one.Losses)}.", one.Item.Content.ToString()]));
        }

        ResourceFacts[] without = [.. analysis.Facts.Where(one => one.LostFiles.Count > 0)];
        return without.Length == 0
            ? text
            : text.Heading("Here without a file that belongs to it").Table(
                ["What", "Why", "Resource"],
                without.Select(one => (IReadOnlyList<string>)
                    [Line(one), $"{string.Join("; ", one.LostFiles.Distinct(StringComparer.Ordinal))}.", one.Reference]));
    }

    private static Narrative Listing(Narrative text, IReadOnlyList<ResourceFacts> entries) => text.List(entries.Select(Line));

    private static string Line(ResourceFacts facts) =>
        facts.Date is { } date ? $"{ClinicalDate.Day(date)} {facts.Told}" : facts.Told;

    private static string Word(PackageChangeKind kind) => kind switch
    {
        PackageChangeKind.Added => "New",
        _ => "Changed",
    };

    private static string Word(ChecklistOutcome outcome) => outcome switch
    {
        ChecklistOutcome.ReportWithoutImages => "report without images",
        ChecklistOutcome.ImagesWithoutReport => "images without report",
        ChecklistOutcome.HeldIdentity => "held until somebody says whose it is",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
