using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Packages;

namespace RecordHub.Core.Retention;

/// <summary>Ends cases, and takes ends back: each move is one transaction with its entry in the operators' journal.</summary>
public sealed class CaseEnds(ICaseStore cases, IPackageStore packages, IRetentionStore retention)
{
    private const int MostAttempts = 8;

    /// <summary>Moves a case; the same move again changes nothing.</summary>
    /// <param name="number">The case.</param>
    /// <param name="move">What is asked for.</param>
    /// <param name="reason">Why; it stays in the journal. Delivering and closing need none.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="expected">The revision that the caller saw; null for any.</param>
    /// <param name="scope">What the caller may see.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CaseMoveOutcome> MoveAsync(
        CaseNumber number, CaseMove move, string? reason, string by, int? expected, AccessScope scope,
        CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await cases.FindAsync(number, scope, cancellationToken).ConfigureAwait(false) is not { } file)
            {
                return new CaseMoveOutcome.NotFound();
            }

            if (expected is { } seen && seen != file.Revision)
            {
                return new CaseMoveOutcome.Stale(file.Revision);
            }

            bool published = await packages.FindAsync(number, null, scope, cancellationToken).ConfigureAwait(false) is not null;
            switch (CaseTransition.Of(file.Status, move, published))
            {
                case CaseTransition.Refused refused:
                    return new CaseMoveOutcome.Refused(refused.Error, refused.Advice);
                case CaseTransition.Stays:
                    return new CaseMoveOutcome.Done(file, false);
                case CaseTransition.To to:
                    if (CheckReason(move, reason, file) is { } wrong)
                    {
                        return new CaseMoveOutcome.Refused(wrong.Error, wrong.Advice);
                    }

                    if (await retention.MoveAsync(
                        file with { Status = to.Status }, by, reason?.Trim() ?? string.Empty, cancellationToken).ConfigureAwait(false))
                    {
                        return await cases.FindAsync(number, scope, cancellationToken).ConfigureAwait(false) is { } moved
                            ? new CaseMoveOutcome.Done(moved, true) : new CaseMoveOutcome.NotFound();
                    }

                    break;
                default:
                    throw new InvalidOperationException("An unknown transition.");
            }
        }

        return new CaseMoveOutcome.Refused("The case changes all the time.", "Try again.");
    }

    private static PurgeOutcome.Refused? CheckReason(CaseMove move, string? reason, CaseFile file) =>
        move is CaseMove.Deliver or CaseMove.Close && string.IsNullOrWhiteSpace(reason)
            ? null : PurgeReason.Check(reason ?? string.Empty, file.Patient);
}
