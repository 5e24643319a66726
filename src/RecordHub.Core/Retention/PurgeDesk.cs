using RecordHub.Core.Access;
using RecordHub.Core.Cases;

namespace RecordHub.Core.Retention;

/// <summary>Purges cases, and ends what an interrupted purge left.</summary>
public sealed class PurgeDesk(ICasePurges purges, ICaseStore cases)
{
    /// <summary>Removes all of a case; a purge that was interrupted goes on where it stood.</summary>
    public async Task<PurgeOutcome> RunAsync(
        PurgeRequest request, AccessScope scope, IProgress<PurgeStep>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await cases.FindAsync(request.Case, scope, cancellationToken).ConfigureAwait(false) is not { } file)
        {
            return new PurgeOutcome.NotFound();
        }

        if (await purges.FindAsync(request.Case, cancellationToken).ConfigureAwait(false) is null)
        {
            if (PurgeReason.Check(request.Reason, file.Patient) is { } wrong)
            {
                return wrong;
            }

            switch (await purges.BeginAsync(request, cancellationToken).ConfigureAwait(false))
            {
                case PurgeStart.NotFound:
                    return new PurgeOutcome.NotFound();
                case PurgeStart.OnHold held:
                    return new PurgeOutcome.Refused(
                        $"Case {request.Case} is under legal hold since {held.Hold.Since:yyyy-MM-dd}: {held.Hold.Reason}",
                        $"Release it first, if it may be: case release {request.Case} --reason REASON.");
                case PurgeStart.Undecided undecided:
                    return new PurgeOutcome.Refused(
                        $"Held records came for case {request.Case} or may be its patient's: {undecided.Records}.",
                        "Decide about them first (inbox list): rejected ones go with the case, assigned ones go to theirs.");
                default:
                    break;
            }
        }

        return await FinishAsync(request.Case, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends every purge that was interrupted; gives how many.</summary>
    public async Task<int> ResumeAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<CaseNumber> unfinished = await purges.ListUnfinishedAsync(cancellationToken).ConfigureAwait(false);
        foreach (CaseNumber number in unfinished)
        {
            await FinishAsync(number, null, cancellationToken).ConfigureAwait(false);
        }

        return unfinished.Count;
    }

    /// <summary>What a purge would remove, or the certificate of one; null when there is no such case within the scope.</summary>
    public async Task<PurgeLook?> LookAsync(CaseNumber number, AccessScope scope, CancellationToken cancellationToken) =>
        await cases.FindAsync(number, scope, cancellationToken).ConfigureAwait(false) is null
            ? null
            : new PurgeLook(
                await purges.CountAsync(number, cancellationToken).ConfigureAwait(false),
                (await purges.FindAsync(number, cancellationToken).ConfigureAwait(false))?.Certificate);

    private async Task<PurgeOutcome> FinishAsync(
        CaseNumber number, IProgress<PurgeStep>? progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            PurgeState state = await purges.StepAsync(number, cancellationToken).ConfigureAwait(false);
            progress?.Report(state.Step);
            if (state is { Step: PurgeStep.Done, Certificate: { } certificate })
            {
                return new PurgeOutcome.Done(certificate);
            }
        }
    }
}
