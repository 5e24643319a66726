using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Completeness;
using RecordHub.Core.Inbox;
using RecordHub.Core.Outbox;
using RecordHub.Core.Packages;
using RecordHub.Core.Retention;

namespace RecordHub.Server.Api;

/// <summary>How Core's values look outside. Pure.</summary>
public static class ViewsOfCore
{
    /// <summary>The outcome of what was held already.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>The outcome of an instance whose UID is held with other content.</summary>
    public const string Conflict = "conflict";

    public static FailedView Failed(FailedEntry failed) => new(
        Words(failed.Entry.Topic), failed.Entry.Key, failed.Entry.Attempts, failed.Entry.Setbacks, failed.Error,
        failed.Since, failed.Next);

    public static CaseLineView Line(CaseFile file) => new(
        file.Number.Value, file.Status, file.Specialty, file.Patient.Name.Family, file.Patient.Name.Given,
        file.Patient.BirthDate.ToString(), file.CreatedAt, file.Tenant.ToString());

    public static CaseDetailsView Details(CaseView view, CaseKeeping keeping) => new()
    {
        Case = view.File.Number.Value,
        Tenant = view.File.Tenant.ToString(),
        Status = view.File.Status,
        StatusSince = view.File.StatusSince,
        Revision = view.File.Revision,
        Hold = keeping.Hold is { } hold ? Hold(view.File.Number, hold) : null,
        PurgeDue = keeping.DueAt,
        Specialty = view.File.Specialty,
        Family = view.File.Patient.Name.Family,
        Given = view.File.Patient.Name.Given,
        BirthDate = view.File.Patient.BirthDate.ToString(),
        Sex = Words(view.File.Patient.Sex),
        Question = view.File.Question,
        Id = view.ServiceRequestId,
        PatientId = view.File.Patient.Id,
        Resources = view.Resources,
        Studies = view.Studies,
        Instances = view.Instances,
        Held = view.HeldSuggestions,
        PackageVersion = view.PackageVersion,
        Missing = Findings(view.Missing.Findings),
        Completeness = Studies(view.Completeness),
    };

    public static MissingView Missing(CaseNumber number, CaseMissing missing) => new(
        number.Value, missing.Checklist.Specialty, missing.Checklist.Note, Findings(missing.Checklist.Findings),
        Studies(missing.Studies));

    private static IReadOnlyList<StudyView> Studies(IEnumerable<StudyCompleteness> studies) =>
        [.. studies.Select(study => new StudyView(
            study.StudyInstanceUid, study.Name, study.Instances, Words(study.Verdict.State),
            [.. study.Verdict.Reasons.Select(one => new EvidenceView(Words(one.Kind), Words(one.Weight), one.Sentence))]))];

    public static IReadOnlyList<FindingView> Findings(IEnumerable<ChecklistFinding> findings) =>
        [.. findings.Select(finding => new FindingView(
            finding.Item, finding.Label, Words(finding.Level), Words(finding.Outcome), finding.IsBlocker, finding.Detail,
            finding.Reason, finding.AskText))];

    public static InboxItemView Item(HeldRecord record) => new()
    {
        Id = record.Id.ToString(),
        Tenant = record.Item.Source.Tenant.ToString(),
        State = Words(record.State),
        Reason = record.Reason,
        Explanation = record.Explanation,
        Evidence = record.Evidence,
        SuggestedCases = [.. record.SuggestedCases.Select(number => number.Value)],
        Case = record.Case.IsNone ? null : record.Case.Value,
        Title = record.Title,
        Kind = Words(record.Item.Kind),
        Door = Words(record.Item.Source.Door),
        Site = record.Item.Source.Site,
        FileName = record.Item.Source.FileName,
        ReceivedAt = record.Item.ReceivedAt,
        StudyInstanceUid = record.StudyInstanceUid,
    };

    /// <summary>A record's line in an import; <paramref name="known"/> is an outcome that intake itself has told.</summary>
    public static ImportedView Imported(HeldRecord record, string? known)
    {
        string state = Words(record.State);
        string reason = string.IsNullOrEmpty(record.Explanation) ? record.Reason : $"{record.Reason}: {record.Explanation}";
        return new ImportedView(
            Words(record.Item.Kind),
            known ?? (record.Reason == "conflict" && record.State == RecordState.Held ? Conflict : state),
            known == Duplicate ? $"already-here: the same content is {state} ({reason})" : reason,
            record.Id.ToString(),
            record.Case.IsNone ? null : record.Case.Value)
        {
            Warnings = [.. record.Losses.Select(NotRead)],
        };
    }

    /// <summary>The warning that something of a file was not taken.</summary>
    public static string NotRead(string lost) => "not-read: " + lost;

    public static PackageView Package(PackageVersion version) => new(
        version.Case.Value, version.Version, version.Digest.ToString(), version.Length, version.CreatedAt,
        version.CreatedBy, version.OverrideReason, [.. version.Entries.Select(Entry)]);

    public static PackageChangeView Change(PackageChange change) => new(Words(change.Kind), Entry(change.Entry));

    public static TokenView Token(AccessToken token, string? secret = null) => new(
        token.Id, token.Name, Words(token.Role), [.. token.Cases.Select(number => number.Value)], token.CreatedAt,
        token.RevokedAt, token.Tenant?.ToString(), secret, token.Site);

    /// <summary>The name of a closed value as JSON has it: lower case, words joined by hyphens.</summary>
    public static string Words<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static PackageEntryView Entry(PackageEntry entry) =>
        new(entry.Reference, entry.Title, entry.Section, entry.Content.ToString());

    public static HoldView Hold(CaseNumber number, CaseHold? hold) =>
        new(number.Value, hold is not null, hold?.Reason, hold?.By, hold?.Since);

    public static JournalView Journal(JournalCheck check) => new(
        check.Ok, check.Entries, check.Head, check.Broken == 0 ? null : check.Broken, check.Unknown);

    public static CaseMovedView Moved(CaseMoveOutcome.Done done, DateTimeOffset? due) => new(
        done.File.Number.Value, done.File.Status, done.Changed, done.File.StatusSince, done.File.Revision, due);

    public static PurgeView Purge(CaseNumber number, PurgeLook look) => new(number.Value, look.Counts, look.Certificate);

    public static DueCaseView Due(DueCase due) =>
        new(due.Case.Value, due.Tenant.ToString(), due.Status, due.Since, due.Hold?.Reason);
}
