using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;
using RecordHub.Core.Normalization.FhirInput;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Answers a Bundle, or lines, entry by entry in the sender's order, whatever the format that they came in.</summary>
internal sealed class BundleAnswer(SentPlaces places, BatchReads reads)
{
    /// <summary>Whether the entries have nothing to do with each other, so that each is answered on its own.</summary>
    public static bool IsIndependent(SentContent sent) =>
        sent.Kind == ContentKind.FhirNdjson || sent.BundleType == "batch";

    public async Task SendAsync(
        FhirCall call, Submission submission, SentContent sent, IReadOnlyList<SenderAlert> told)
    {
        using BundleWriter bundle = new(IsIndependent(sent) ? "batch-response" : "transaction-response", call.Base, null);
        bool isNew = submission.Outcome is not IntakeOutcome.AlreadyHeld;
        HashSet<RecordId> untold = [.. submission.Records.Select(record => record.Id)];
        Dictionary<int, HeldRecord> records = submission.Records.ToDictionary(record => record.Id.Part);
        HashSet<int> parts = [.. sent.Entries.SelectMany(entry => entry.Shares).Select(share => share.Part)];
        Issue[] ofNoEntry =
        [
            .. submission.Records.Where(record => record.State != RecordState.Ignored && !parts.Contains(record.Id.Part))
                .SelectMany(IssuesOf),
        ];
        bool isFirst = true;
        BatchTurn turn = new(reads, call);

        // What an entry says of itself is not said of the record once more.
        IEnumerable<Issue> IssuesOf(HeldRecord record) => RecordIssues.OfAll(record, except: sent.Broken);
        foreach (SentEntry entry in sent.Entries)
        {
            if (entry.Read is { } read)
            {
                bundle.AddRead(await turn.NextAsync(read, entry.Where));
                continue;
            }

            HeldRecord[] own = [.. entry.Shares.Select(share => share.Part).Distinct().Where(records.ContainsKey).Select(part => records[part])];
            if (own.Length == 0 && entry.Shares.Count > 0)
            {
                // It was read otherwise when it was filed, such as rejected as a whole: what became of that counts.
                own = [.. submission.Records];
            }

            SentPlace? place = await places.FindAsync(entry, own, call.Aborted);
            List<Issue> issues = [.. isFirst ? ofNoEntry : [], .. Problem(entry), .. Condition(entry)];
            foreach (HeldRecord record in own)
            {
                // What is held is said of each entry; where a record was filed, once.
                if (untold.Remove(record.Id) || record.State != RecordState.Filed)
                {
                    issues.AddRange(told.FirstOrDefault(alert => alert.Record == record.Id) is { } alert
                        ? [new Issue("warning", "conflict", alert.Sentence)]
                        : IssuesOf(record));
                }
            }

            bundle.AddResponse(StatusOf(entry, own, isNew && place?.IsKnownTo(call, own) != true, place), place?.Location, place?.ETag, issues);
            isFirst = false;
        }

        await FhirAnswer.SendAsync(call, bundle.Finish());
    }

    /// <summary>Answers a batch that asks to be shown something and sends nothing.</summary>
    public async Task SendAsync(FhirCall call, IReadOnlyList<SentEntry> entries)
    {
        using BundleWriter bundle = new("batch-response", call.Base, null);
        BatchTurn turn = new(reads, call);
        foreach (SentEntry entry in entries)
        {
            if (entry.Read is { } read)
            {
                bundle.AddRead(await turn.NextAsync(read, entry.Where));
            }
            else
            {
                bundle.AddResponse(StatusOf(entry, [], isNew: false, place: null), null, null, [.. Problem(entry)]);
            }
        }

        await FhirAnswer.SendAsync(call, bundle.Finish());
    }

    private static string StatusOf(SentEntry entry, HeldRecord[] records, bool isNew, SentPlace? place) => entry.Problem switch
    {
        { Code: FhirMethod.Refused } => "405 Method Not Allowed",
        { Code: RecordIssues.Malformed } => "400 Bad Request",
        not null => "422 Unprocessable Entity",
        null when place is not null => isNew ? "201 Created" : "200 OK",
        null when records.Any(record => record.State == RecordState.Held) => "202 Accepted",
        null when records.Any(record => record.State == RecordState.Rejected) => "422 Unprocessable Entity",
        null => "200 OK",
    };

    private static IEnumerable<Issue> Condition(SentEntry entry) => entry.Condition is not { } condition ? [] :
    [
        new Issue(
            "warning", "not-supported",
            $"The condition ({condition}) was not looked at: what is sent is taken, and the same content is kept once.", entry.Where),
    ];

    private static IEnumerable<Issue> Problem(SentEntry entry) => entry.Problem is not { } problem ? [] :
    [
        new Issue(
            "error",
            problem.Code switch
            {
                FhirMethod.Refused => FhirMethod.Refused,
                RecordIssues.Malformed => "structure",
                _ => "processing",
            },
            problem.Where is { } where && where != entry.Where ? $"{problem.Explanation} ({where})" : problem.Explanation,
            entry.Where),
    ];
}
