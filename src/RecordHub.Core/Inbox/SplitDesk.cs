using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Inbox;

/// <summary>
/// Where a person says that series or instances of a study belong to another case than the one they are in. Each is then
/// assigned by that person, as from the inbox: it can be undone, and the sender's identifiers stay whose they are.
/// </summary>
public sealed class SplitDesk(
    IItemStore items, ICaseStore cases, IInstanceStore instances, FilingStep filing, Withdrawals withdrawals,
    TimeProvider time)
{
    private readonly DecisionTaker _taker = new(items, filing);

    /// <summary>Moves a share of a study to another case.</summary>
    public async Task<SplitOutcome> MoveAsync(
        StudyShare share, CaseNumber to, string by, AccessScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(share);
        if (await cases.FindAsync(share.Case, scope, cancellationToken) is not { } from)
        {
            return NoCase(share.Case);
        }

        if (await cases.FindAsync(to, AccessScope.Of(from.Tenant), cancellationToken) is not { } target)
        {
            return NoCase(to);
        }

        if (target.Number == from.Number || !target.IsOpen)
        {
            return target.IsOpen
                ? new SplitOutcome.Refused("Both are the same case.", "Name the case that it belongs to with --to.")
                : new SplitOutcome.Refused(
                    $"Case {to} is {target.Status} and takes no more records.", "Name an open case, or open a new one.");
        }

        IReadOnlyList<StoredInstance> study =
            await instances.ReadStudyAsync(new StudyKey(from.Number, share.StudyInstanceUid), cancellationToken);
        if (Check(share, study) is { } refused)
        {
            return refused;
        }

        StoredInstance[] chosen = [.. study.Where(one => IsChosen(share, one))];
        return await MoveAsync(from, to, study, chosen, by, cancellationToken);
    }

    private async Task<SplitOutcome> MoveAsync(
        CaseFile from, CaseNumber to, IReadOnlyList<StoredInstance> study, StoredInstance[] chosen, string by,
        CancellationToken cancellationToken)
    {
        string uid = chosen[0].Facts.StudyInstanceUid;
        HashSet<string> sops = [.. chosen.Select(one => one.Facts.SopInstanceUid)];

        // The same image may have come more than once: each copy that speaks for it has to go.
        HeldRecord[] records = [.. (await items.ListStudyRecordsAsync(uid, AccessScope.Of(from.Tenant), cancellationToken))
            .Where(one => one.State == RecordState.Filed && one.Case == from.Number
                && one.Item.SopInstanceUid is { } sop && sops.Contains(sop))
            .OrderBy(one => one.Id.ToString(), StringComparer.Ordinal)];
        if (records is [])
        {
            return Changed();
        }

        CaseHoldings? before = await withdrawals.BeginAsync(from, cancellationToken);
        DecisionTaker.Said said = new(InboxVerdict.Assign, to, null, by, time.GetUtcNow());
        await items.RememberMoveAsync(
            new SeriesMove(uid, WholeSeries(study, sops), from.Number, to, by, said.At), cancellationToken);
        if (await _taker.TakeAsync(records[0], records[1..], said, cancellationToken) is null)
        {
            await items.ForgetMovesAsync(uid, to, cancellationToken);
            return Changed();
        }

        Withdrawal? withdrawn = await withdrawals.EndAsync(before, by, cancellationToken);
        int left = (await instances.ReadStudyAsync(new StudyKey(from.Number, uid), cancellationToken)).Count;
        int moved = (await instances.ReadStudyAsync(new StudyKey(to, uid), cancellationToken))
            .Count(one => sops.Contains(one.Facts.SopInstanceUid));
        return new SplitOutcome.Done(moved, left, [.. records.Select(one => one.Id)], withdrawn);
    }

    // What comes late of a series that is in two cases may belong to either: only a whole one is remembered.
    private static string[] WholeSeries(IReadOnlyList<StoredInstance> study, HashSet<string> sops) =>
        [.. study.GroupBy(one => one.Facts.SeriesInstanceUid, StringComparer.Ordinal)
            .Where(series => series.All(one => sops.Contains(one.Facts.SopInstanceUid))).Select(series => series.Key)];

    private static bool IsChosen(StudyShare share, StoredInstance one) =>
        (share.Series.Count == 0 && share.Instances.Count == 0)
        || share.Series.Contains(one.Facts.SeriesInstanceUid) || share.Instances.Contains(one.Facts.SopInstanceUid);

    private static SplitOutcome? Check(StudyShare share, IReadOnlyList<StoredInstance> study)
    {
        if (study.Count == 0)
        {
            return new SplitOutcome.NotFound(
                $"There is no study {share.StudyInstanceUid} in case {share.Case}.", $"Run case show {share.Case} to see its studies.");
        }

        string? missing =
            share.Series.FirstOrDefault(uid => study.All(one => one.Facts.SeriesInstanceUid != uid))
            ?? share.Instances.FirstOrDefault(uid => study.All(one => one.Facts.SopInstanceUid != uid));
        return missing is null ? null : new SplitOutcome.Refused(
            $"The study has no {missing} in case {share.Case}.", "Nothing was moved; name series and instances by their UIDs.");
    }

    private static SplitOutcome.NotFound NoCase(CaseNumber number) =>
        new($"There is no case {number}.", "Run case list to see the cases.");

    private static SplitOutcome.Refused Changed() =>
        new("The study has changed since it was read.", "Look at the case again, then split it.");
}
