using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Intake;

/// <summary>Gathers what is decided on the records of one item until it can be saved in one commit. No I/O.</summary>
internal sealed class FilingDraft(StoredItem item)
{
    /// <summary>Why a record is held whose filing a person took back.</summary>
    internal const string UndoneReason = "undone";

    private readonly List<HeldRecord> _records = [];
    private readonly List<StoredResource> _resources = [];
    private readonly List<StoredBinary> _binaries = [];
    private readonly List<StoredInstance> _instances = [];
    private readonly List<IdentifierLink> _links = [];

    internal StoredItem Item => item;

    /// <summary>What becomes of each record so far.</summary>
    internal IReadOnlyList<HeldRecord> Records => _records;

    internal List<DerivedBlob> Blobs { get; } = [];

    /// <summary>What was decided on, without what it would bring into a case; empty when it holds nothing to decide on.</summary>
    internal IReadOnlyList<PatientRecord> Parts { get; private set; } = [];

    /// <summary>Whether it speaks for identifiers.</summary>
    internal bool Teaches => _links.Count > 0;

    /// <summary>Whether no record waits for more to be known, or rests on there being no more than that.</summary>
    internal bool IsCertain => Parts.Count == 0 || _records.TrueForAll(static record => record switch
    {
        { State: RecordState.Filed } => record.Reason is not (Assignment.CertainMatchReason or Assignment.NamesNobodyReason),
        { State: RecordState.Rejected } => true,
        _ => false,
    });

    /// <summary>Whether each record comes to be in the same case, or waits for the same reason.</summary>
    internal bool HasOutcomesOf(FilingDraft other) => _records.Count == other._records.Count
        && _records.Zip(other._records).All(static pair => pair.First.State == pair.Second.State
            && pair.First.Case == pair.Second.Case
            && (pair.First.State == RecordState.Filed
                || (pair.First.Reason == pair.Second.Reason && pair.First.SuggestedCases.SequenceEqual(pair.Second.SuggestedCases))));

    /// <summary>Identifiers that are joined now and were not, or no longer: who carries one of them looks different.</summary>
    internal HashSet<PatientIdentifier> Rejoined { get; } = [];

    /// <summary>A decision that would file by itself what a person has just taken out is no decision.</summary>
    internal static AssignmentDecision Undone(AssignmentDecision decision, InboxDecision undo) => decision switch
    {
        AssignmentDecision.File file => new AssignmentDecision.Hold(
            UndoneReason, $"{undo.By} took the last decision back.", [$"undone by {undo.By}", .. file.Evidence],
            [file.Case.Number]),
        AssignmentDecision.Hold hold => hold with { Evidence = [$"undone by {undo.By}", .. hold.Evidence] },
        _ => decision,
    };

    /// <summary>A match by name and birth date does not stand against a person who has said no to the like of it.</summary>
    internal static AssignmentDecision TakenBack(AssignmentDecision decision) => decision is AssignmentDecision.File file
        ? new AssignmentDecision.Hold(
            "taken-back", $"It fits case {file.Case.Number}, but a person took a record of that name out of it.", file.Evidence,
            [file.Case.Number])
        : decision;

    /// <summary>What arrives late of a series that a person has moved to another case does not go where the rest was taken from.</summary>
    internal static AssignmentDecision MovedOut(AssignmentDecision.File file, CaseNumber to) => new AssignmentDecision.Hold(
        "moved-out", $"It fits case {file.Case.Number}, but a person moved its series from there to case {to}.", file.Evidence,
        [to, file.Case.Number]);

    /// <summary>Keeps what is needed to decide once more.</summary>
    internal void Remember(IReadOnlyList<PatientRecord> parts) =>
        Parts = [.. parts.Select(static part => part with { Resources = [], Binaries = [] })];

    internal InboxDecision? LatestDecision(PatientRecord part) => item.Decisions
        .Where(decision => decision.Record == new RecordId(item.Received.Id, part.Part))
        .OrderBy(decision => decision.At).LastOrDefault();

    internal void Ignore(string what) => _records.Add(Whole(RecordState.Ignored, "not-a-record", what, what, []));

    internal void Reject(Normalized.Unreadable unreadable) => _records.Add(Whole(
        RecordState.Rejected, unreadable.Code, unreadable.Sentence, TitleOf(item.Received.Kind),
        unreadable.Where is { } where ? [where] : []));

    internal void TurnDown(PatientRecord part, InboxDecision person) => _records.Add(Of(
        part, RecordState.Rejected, "rejected", TurnedDown(person), [$"rejected by {person.By}"]));

    internal static string TurnedDown(InboxDecision person) => $"{person.By} turned it down: {person.Reason}";

    /// <summary>Notes whether the last record, a statement that joins identifiers, has another outcome than before.</summary>
    internal void NoteMerge(HeldRecord? former)
    {
        HeldRecord now = _records[^1];
        bool joined = now is { State: RecordState.Filed };
        if (joined != former is { State: RecordState.Filed })
        {
            Rejoined.UnionWith(Identifiers.Issued(now.Claim.Identifiers));
        }
    }

    internal void Decide(PatientRecord part, AssignmentDecision decision)
    {
        bool conflicts = item.ConflictsWith is not null && decision is not AssignmentDecision.File { Because: "assigned" };
        switch (decision)
        {
            case AssignmentDecision.File file when !conflicts:
                File(part, file);
                break;
            case AssignmentDecision.File file:
                _records.Add(Conflict(part, file.Evidence, [file.Case.Number]));
                break;
            case AssignmentDecision.Hold hold when conflicts:
                _records.Add(Conflict(part, hold.Evidence, hold.SuggestedCases));
                break;
            case AssignmentDecision.Hold hold:
                _records.Add(Of(part, RecordState.Held, hold.Reason, hold.Explanation, hold.Evidence) with
                {
                    SuggestedCases = hold.SuggestedCases,
                });
                break;
            case AssignmentDecision.Pass pass:
                _records.Add(Of(part, RecordState.Ignored, pass.Reason, pass.Explanation, pass.Evidence));
                break;
            default:
                throw new InvalidOperationException("A decision that filing does not know.");
        }
    }

    internal Filing ToFiling() => new()
    {
        Item = item.Received.Id,
        ExpectedRevision = item.Revision,
        Records = _records,
        Resources = _resources,
        Binaries = _binaries,
        Instances = _instances,
        Links = _links,
        Rejoined = [.. Rejoined],
    };

    private void File(PatientRecord part, AssignmentDecision.File file)
    {
        RecordId id = new(item.Received.Id, part.Part);
        BoundRecord bound = Binding.Bind(part, item.Received, file.Case.Patient, file.Case.Number, id);
        _resources.AddRange(bound.Resources);
        _binaries.AddRange(bound.Binaries);
        Blobs.AddRange(bound.Blobs);
        if (bound.Instance is { } instance)
        {
            _instances.Add(instance);
        }

        _links.AddRange(file.Links);
        _records.Add(Of(part, RecordState.Filed, file.Because, file.Explanation, file.Evidence) with
        {
            Case = file.Case.Number,
        });
    }

    private HeldRecord Conflict(PatientRecord part, IReadOnlyList<string> evidence, IReadOnlyList<CaseNumber> suggested) =>
        Of(
            part, RecordState.Held, "conflict",
            "The same SOP Instance UID came before with other content; both are kept, and a person decides.",
            [$"the earlier copy is item {item.ConflictsWith}", .. evidence]) with
        {
            SuggestedCases = suggested,
        };

    private HeldRecord Whole(
        RecordState state, string reason, string explanation, string title, IReadOnlyList<string> evidence) => new()
        {
            Id = new RecordId(item.Received.Id),
            Revision = NextRevision,
            State = state,
            Reason = reason,
            Explanation = explanation,
            Evidence = evidence,
            Title = title,
            Claim = PatientClaim.Nobody,
            Item = item.Received,
        };

    private HeldRecord Of(
        PatientRecord part, RecordState state, string reason, string explanation, IReadOnlyList<string> evidence) => new()
        {
            Id = new RecordId(item.Received.Id, part.Part),
            Revision = NextRevision,
            State = state,
            Reason = reason,
            Explanation = part.Incomplete is { } missing ? $"{explanation} Not all of it could be read: {missing}." : explanation,
            Evidence = [.. evidence, .. part.Warnings, .. part.Losses.Select(loss => HeldRecord.LossMark + loss)],
            Title = part.Title,
            Claim = part.Claim,
            StudyInstanceUid = part.Instance?.StudyInstanceUid,
            Item = item.Received,
        };

    private int NextRevision => item.Revision + 1;

    private static string TitleOf(ContentKind kind) => kind switch
    {
        ContentKind.DicomInstance => "DICOM instance",
        ContentKind.FhirJson or ContentKind.FhirXml or ContentKind.FhirNdjson => "FHIR content",
        ContentKind.Cda => "CDA document",
        ContentKind.Hl7V2 => "HL7 v2 message",
        ContentKind.Pdf => "PDF document",
        ContentKind.Docx or ContentKind.LegacyDoc => "Word document",
        ContentKind.Rtf => "RTF document",
        ContentKind.Html => "HTML document",
        ContentKind.Odt => "OpenDocument text",
        ContentKind.PlainText => "text",
        ContentKind.Mail => "E-mail",
        ContentKind.Jpeg or ContentKind.Png or ContentKind.Tiff => "Scanned document",
        _ => "file",
    };
}
