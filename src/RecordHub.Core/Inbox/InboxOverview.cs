using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Inbox;

/// <summary>What is held, grouped by patient as claimed and by study, with the cases that each group may belong to.</summary>
public sealed class InboxOverview(IItemStore items, ICaseStore cases)
{
    private const int MostMatches = 5;

    /// <summary>Some groups within the scope, the longest waiting first.</summary>
    /// <param name="scope">What the caller may see.</param>
    /// <param name="after">The page before ended with it; null for the first page.</param>
    /// <param name="count">How many groups.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<InboxPage> PageAsync(
        AccessScope scope, RecordId? after, int count, CancellationToken cancellationToken)
    {
        InboxPage page = (await GatherAsync(scope, cancellationToken)).Page(after, count);
        List<InboxPatient> matched = [];
        foreach (InboxPatient patient in page.Patients)
        {
            matched.Add(await MatchAsync(patient, cancellationToken));
        }

        return page with { Patients = matched };
    }

    /// <summary>The group that a held record is in; null when it is not held, or outside of the scope.</summary>
    public async Task<InboxPatient?> FindAsync(RecordId id, AccessScope scope, CancellationToken cancellationToken) =>
        (await items.FindRecordsAsync(id.Item, scope, cancellationToken)).FirstOrDefault(one => one.Id == id) is { } record
            && (await GatherAsync(AccessScope.Of(record.Item.Source.Tenant), cancellationToken)).Find(record) is { } group
            ? await MatchAsync(group, cancellationToken) : null;

    /// <summary>A record beside the cases that it may belong to or came for; best first.</summary>
    public async Task<IReadOnlyList<CaseMatch>> MatchAsync(HeldRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        List<CaseMatch> matches = [];
        foreach (CaseNumber number in record.SuggestedCases.Append(record.Item.Source.Case)
            .Where(one => !one.IsNone).Distinct())
        {
            if (await cases.FindAsync(number, AccessScope.Of(record.Item.Source.Tenant), cancellationToken) is { } file)
            {
                matches.Add(new CaseMatch(file, PersonMatcher.Compare(record.Claim, file.Patient, MatchWeights.BuiltIn)));
            }
        }

        return [.. matches.OrderByDescending(one => one.Match.Grade).ThenByDescending(one => one.Match.Bits)
            .ThenBy(one => one.File.Number.Value)];
    }

    private async Task<InboxGroups> GatherAsync(AccessScope scope, CancellationToken cancellationToken)
    {
        InboxGroups groups = new();
        await foreach (HeldRecord record in items.AllAsync(RecordState.Held, scope, cancellationToken))
        {
            groups.Add(record);
        }

        return groups;
    }

    private async Task<InboxPatient> MatchAsync(InboxPatient patient, CancellationToken cancellationToken)
    {
        List<CaseMatch> matches = [];
        foreach (InboxStudy study in patient.Studies)
        {
            if (matches.Count < MostMatches)
            {
                matches.AddRange((await MatchAsync(study.First, cancellationToken))
                    .Where(one => matches.All(known => known.File.Number != one.File.Number)));
            }
        }

        return patient with
        {
            Matches = [.. matches.OrderByDescending(one => one.Match.Grade).ThenByDescending(one => one.Match.Bits)
                .ThenBy(one => one.File.Number.Value).Take(MostMatches)],
        };
    }
}
