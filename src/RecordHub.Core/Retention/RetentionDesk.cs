using RecordHub.Core.Access;
using RecordHub.Core.Cases;

namespace RecordHub.Core.Retention;

/// <summary>Legal holds, and what has been kept for long enough.</summary>
public sealed class RetentionDesk(ICaseStore cases, IRetentionStore retention, RetentionRules rules, TimeProvider time)
{
    /// <summary>The rules in force.</summary>
    public RetentionRules Rules => rules;

    /// <summary>Places a legal hold: until it is lifted the case is not purged, whatever the rules say.</summary>
    public async Task<HoldOutcome> HoldAsync(
        CaseNumber number, string reason, string by, AccessScope scope, CancellationToken cancellationToken)
    {
        if (await CheckAsync(number, reason, scope, cancellationToken).ConfigureAwait(false) is { } refused)
        {
            return refused;
        }

        CaseHold hold = new(number, reason.Trim(), by, time.GetUtcNow());
        if (await retention.HoldAsync(hold, cancellationToken).ConfigureAwait(false))
        {
            return new HoldOutcome.Done(hold);
        }

        return await retention.FindHoldAsync(number, cancellationToken).ConfigureAwait(false) is { } earlier
            ? new HoldOutcome.Refused(
                $"Case {number} is under legal hold already, since {earlier.Since:yyyy-MM-dd}: {earlier.Reason}",
                "Release it first if the reason has changed; both stay in the journal.")
            : new HoldOutcome.Refused($"Case {number} is purged.", "Nothing is left to hold; see its certificate.");
    }

    /// <summary>Lifts the legal hold.</summary>
    public async Task<HoldOutcome> ReleaseAsync(
        CaseNumber number, string reason, string by, AccessScope scope, CancellationToken cancellationToken) =>
        await CheckAsync(number, reason, scope, cancellationToken).ConfigureAwait(false) is { } refused ? refused
        : await retention.ReleaseAsync(number, reason.Trim(), by, cancellationToken).ConfigureAwait(false)
            ? new HoldOutcome.Done(null)
            : new HoldOutcome.Refused($"Case {number} is under no legal hold.", "Nothing needs to be done.");

    /// <summary>For how long a case is kept.</summary>
    public async Task<CaseKeeping> LookAsync(CaseFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new CaseKeeping(
            await retention.FindHoldAsync(file.Number, cancellationToken).ConfigureAwait(false),
            rules.DueAt(file.Status, file.StatusSince));
    }

    /// <summary>Checks the operators' journal.</summary>
    /// <param name="known">A head that was noted before; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<JournalCheck> VerifyJournalAsync(string? known, CancellationToken cancellationToken) =>
        retention.VerifyJournalAsync(known, cancellationToken);

    /// <summary>Cases that are due, those under legal hold among them.</summary>
    public Task<IReadOnlyList<DueCase>> ListDueAsync(AccessScope scope, CancellationToken cancellationToken) =>
        retention.ListDueAsync(rules.Limits(time.GetUtcNow()), scope, cancellationToken);

    private async Task<HoldOutcome?> CheckAsync(
        CaseNumber number, string reason, AccessScope scope, CancellationToken cancellationToken) =>
        await cases.FindAsync(number, scope, cancellationToken).ConfigureAwait(false) is not { } file
            ? new HoldOutcome.NotFound()
        : PurgeReason.Check(reason, file.Patient) is { } wrong ? new HoldOutcome.Refused(wrong.Error, wrong.Advice)
        : null;
}
