using System.Globalization;
using RecordHub.Core.Cases;
using RecordHub.Core.Completeness;

namespace RecordHub.Core.Checklists;

/// <summary>Compares a case's content with its checklist. Pure: the same content gives the same findings.</summary>
public static class ChecklistEvaluation
{
    /// <summary>What is here and what is missing, blockers first.</summary>
    public static ChecklistReport Evaluate(Checklist checklist, CaseContent content) =>
        Evaluate(checklist, CaseAnalysis.Of(content));

    internal static ChecklistReport Evaluate(Checklist checklist, CaseAnalysis analysis)
    {
        IEnumerable<ChecklistFinding> findings = checklist.Items.Select(item => Evaluate(item, analysis))
            .Concat(Observations(analysis));
        return new ChecklistReport(checklist.Specialty, checklist.Note, [.. findings.OrderBy(Rank)]);
    }

    private static int Rank(ChecklistFinding finding) => finding switch
    {
        { IsBlocker: true } => 0,
        { Outcome: ChecklistOutcome.HeldIdentity or ChecklistOutcome.Unreadable } => 1,
        { Outcome: ChecklistOutcome.Present } => 5,
        { Level: ChecklistLevel.Required } => 2,
        { Level: ChecklistLevel.Wanted } => 3,
        _ => 4,
    };

    private static ChecklistFinding Evaluate(ChecklistItem item, CaseAnalysis analysis)
    {
        if (item.Matches.Any(match => match.Question) && analysis.Content.File.Question.Length > 0)
        {
            return Finding(item, ChecklistOutcome.Present, "It is part of the case.");
        }

        if (item.PairWith == "ImagingStudy")
        {
            return EvaluateReports(item, analysis);
        }

        ILookup<bool, ResourceFacts> kind = OfKind(item, analysis);
        ResourceFacts[] found = [.. kind[true]];
        string aside = Aside(kind[false]);
        if (found.Length == 0)
        {
            return Finding(item, ChecklistOutcome.Missing, $"Nothing of this kind has arrived{(aside.Length == 0 ? "." : " that counts.")}{aside}");
        }

        // Documents may tell of many days, so each counts as enough by itself only where one is enough.
        int days = found.Select(one => one.Date is { } date ? ClinicalDate.Day(date) : one.Reference)
            .Distinct(StringComparer.Ordinal).Count();
        if (days < item.MinCount)
        {
            return Finding(item, ChecklistOutcome.Partial, $"Of {days} date, {item.MinCount} are needed.{aside}");
        }

        StudyFacts[] partial = [.. analysis.Studies.Where(study => study.IsPartial
            && found.Any(one => one.Reference == study.Study.Reference))];
        if (partial.Length == found.Length)
        {
            return Finding(item, ChecklistOutcome.Partial, string.Join(" ", partial.Select(Lacks)) + aside);
        }

        DateTimeOffset? newest = ClinicalDate.Newest(found.Select(one => one.Date));
        return item.MaxAgeDays is { } age && newest is { } last && analysis.Newest - last > TimeSpan.FromDays(age)
            ? Finding(item, ChecklistOutcome.Stale, $"The newest is of {last:yyyy-MM-dd}; at most {age} days are wanted.{aside}")
            : Finding(item, ChecklistOutcome.Present, Found(found, partial) + aside);
    }

    private static ChecklistFinding EvaluateReports(ChecklistItem item, CaseAnalysis analysis)
    {
        StudyFacts[] images = [.. analysis.Studies.Where(study => study.HasImages)];
        StudyFacts[] bare = [.. images.Where(study => study.Reports.Count == 0)];
        ILookup<bool, ResourceFacts> kind = OfKind(item, analysis);
        int reports = kind[true].Count();
        string aside = Aside(kind[false]);
        return bare.Length > 0
                ? Finding(item, ChecklistOutcome.ImagesWithoutReport, Invariant(
                    $"{bare.Length} of {images.Length} studies have no report: {string.Join("; ", bare.Select(study => study.Name))}.{aside}"))
            : images.Length > 0 ? Finding(item, ChecklistOutcome.Present, $"Each of {images.Length} studies has its report.{aside}")
            : reports > 0 ? Finding(item, ChecklistOutcome.Present, $"{reports} reports, but no images.{aside}")
            : Finding(item, ChecklistOutcome.Missing, $"Neither images nor reports have arrived.{aside}");
    }

    // What matches, by whether it counts.
    private static ILookup<bool, ResourceFacts> OfKind(ChecklistItem item, CaseAnalysis analysis) => analysis.Facts
        .Where(facts => item.Matches.Any(match => Matches(match, facts, analysis)))
        .ToLookup(facts => facts.Standing.Counts);

    // What came and does not count is said with its reason, or nobody knows why it is asked for again.
    private static string Aside(IEnumerable<ResourceFacts> aside) => string.Concat(aside
        .GroupBy(facts => facts.Standing.Word, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => Invariant($" Not counted: {group.Count()} came, {group.Key}.")));

    // What no item asks for, and a reader must know all the same.
    private static IEnumerable<ChecklistFinding> Observations(CaseAnalysis analysis)
    {
        CaseContent content = analysis.Content;
        if (content.Held.Count > 0)
        {
            yield return new ChecklistFinding(
                "held", "Records in the inbox", ChecklistLevel.Wanted, ChecklistOutcome.HeldIdentity,
                $"{content.Held.Count} held records may belong to this case.", "A person has to say whose they are.", string.Empty);
        }

        if (content.Unreadable.Count > 0)
        {
            yield return new ChecklistFinding(
                "unreadable", "Unreadable records", ChecklistLevel.Wanted, ChecklistOutcome.Unreadable,
                $"{content.Unreadable.Count} files came for this case and cannot be read.",
                "What is in them is not in the package.", "A readable copy of the files that could not be read.");
        }

        if (content.PartlyRead.Count > 0)
        {
            string lost = string.Join("; ", content.PartlyRead.GroupBy(one => $"{one.Title}: {string.Join("; ", one.Losses)}")
                .Select(group => group.Count() == 1 ? group.Key : Invariant($"{group.Key} ({group.Count()} times)")));
            yield return new ChecklistFinding(
                "partly-read", "Records read only in part", ChecklistLevel.Wanted, ChecklistOutcome.Unreadable,
                Invariant($"{content.PartlyRead.Count} records came for this case of which something cannot be read: {lost}."),
                "What could not be read is not in the package.", $"A whole copy of what could not be read: {lost}.");
        }

        foreach (ResourceFacts one in analysis.Facts.Where(facts => facts.LostFiles.Count > 0))
        {
            yield return new ChecklistFinding(
                "lost-file", "File of a record", ChecklistLevel.Wanted, ChecklistOutcome.Unreadable,
                $"{one.Listed}: {string.Join("; ", one.LostFiles.Distinct(StringComparer.Ordinal))}.",
                "What is in it is not in the package.", $"The file that belongs to: {one.Title}.");
        }

        IEnumerable<ResourceFacts> imagingReports = analysis.Facts.Where(facts => StudyFacts.IsReport(facts)
            && analysis.Sections[facts.Reference] == "imaging");
        foreach (ResourceFacts report in StudyFacts.ReportsWithoutImages(analysis.Studies, imagingReports))
        {
            string name = report.Date is { } date ? $"{report.Title} of {ClinicalDate.Day(date)}" : report.Title;
            yield return new ChecklistFinding(
                "report-without-images", "Images of a report", ChecklistLevel.Wanted, ChecklistOutcome.ReportWithoutImages,
                $"{name} has no images here.", "The specialist reads the images, not the report alone.",
                $"The images that belong to: {name}.");
        }

        foreach (StudyFacts study in analysis.Studies.Where(study => study.IsPartial))
        {
            yield return Incomplete(Lacks(study), $"The missing images. {Lacks(study)}");
        }

        foreach (StudyVerdict told in analysis.Told)
        {
            string lacks = string.Join(" ", told.Lacks);
            yield return Incomplete(lacks, $"The images of a study. {lacks}");
        }
    }

    private static ChecklistFinding Incomplete(string detail, string ask) => new(
        "partial-study", "Complete studies", ChecklistLevel.Wanted, ChecklistOutcome.Partial, detail,
        "What is missing may be what matters.", ask);

    private static string Lacks(StudyFacts study) => $"{study.Name}: {string.Join(" ", study.Verdict.Lacks)}";

    private static bool Matches(ChecklistMatch match, ResourceFacts facts, CaseAnalysis analysis)
    {
        if (match.Question || (match.Resource.Count > 0 && !match.Resource.Contains(facts.Type)))
        {
            return false;
        }

        string section = analysis.Sections[facts.Reference];
        bool holds = (match.Loinc.Count == 0 || facts.HasLoinc(match.Loinc))
            && (match.Section is null || match.Section == section);
        if (!holds || facts.Type != "ImagingStudy")
        {
            return holds && match is { Modality.Count: 0, SopClass.Count: 0, BodySite.Count: 0, Earlier: false };
        }

        StudyFacts? study = analysis.Studies.FirstOrDefault(one => one.Study.Reference == facts.Reference);
        return study is { HasImages: true }
            && (match.Modality.Count == 0 || study.Modalities.Any(match.Modality.Contains))
            && (match.SopClass.Count == 0 || study.Instances.Any(one => match.SopClass.Contains(one.Facts.SopClassUid)))
            && (match.BodySite.Count == 0 || match.BodySite.Any(word => SiteSays(study, word)))
            && (!match.Earlier || IsEarlierOfSameRegion(study, analysis));
    }

    private static bool SiteSays(StudyFacts study, string word) =>
        study.Study.BodySites.Any(site => site.Contains(word, StringComparison.OrdinalIgnoreCase));

    // The same region: a body site in common where both say one, else a modality in common.
    private static bool IsEarlierOfSameRegion(StudyFacts study, CaseAnalysis analysis) => study.IsEarlier
        && analysis.Studies.Any(other => !other.IsEarlier && other.HasImages
            && (study.Study.BodySites.Count > 0 && other.Study.BodySites.Count > 0
                ? study.Study.BodySites.Overlaps(other.Study.BodySites)
                : study.Modalities.Intersect(other.Modalities).Any()));

    private static string Found(ResourceFacts[] found, StudyFacts[] partial)
    {
        DateTimeOffset? newest = ClinicalDate.Newest(found.Select(one => one.Date));
        string here = newest is { } last
            ? Invariant($"{found.Length}, the newest of {last:yyyy-MM-dd}.") : Invariant($"{found.Length}.");
        return partial.Length == 0
            ? here : Invariant($"{here} Not all of it is complete: {string.Join("; ", partial.Select(study => study.Name))}.");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static ChecklistFinding Finding(ChecklistItem item, ChecklistOutcome outcome, string detail) => new(
        item.Id, item.Label, item.Level, outcome, detail, item.Reason,
        outcome == ChecklistOutcome.Present ? string.Empty : item.AskText);
}
