using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Outbox;
using RecordHub.Core.Retention;
using RecordHub.Server.Api;
using RecordHub.Storage;

namespace RecordHub.Cli.Hub;

/// <content>Legal holds and purges, in a folder.</content>
internal sealed partial class EmbeddedHub
{
    public async Task<PurgeView> LookAtPurgeAsync(CaseNumber number, CancellationToken cancellationToken) =>
        ViewsOfCore.Purge(
            number, Known(await Get<PurgeDesk>().LookAsync(number, AccessScope.All, cancellationToken), number));

    public async Task<string> PurgeAsync(
        CaseNumber number, string reason, Action<string> progress, CancellationToken cancellationToken) =>
        await Get<PurgeDesk>().RunAsync(
            new PurgeRequest(number, reason, By), AccessScope.All, new Steps(progress), cancellationToken) switch
        {
            PurgeOutcome.Done done => done.Certificate,
            PurgeOutcome.Refused refused => throw new CommandException(refused.Error, refused.Advice),
            _ => throw NoCase(number),
        };

    public async Task<HoldView> HoldAsync(
        CaseNumber number, bool held, string reason, CancellationToken cancellationToken)
    {
        RetentionDesk desk = Get<RetentionDesk>();
        HoldOutcome outcome = held
            ? await desk.HoldAsync(number, reason, By, AccessScope.All, cancellationToken)
            : await desk.ReleaseAsync(number, reason, By, AccessScope.All, cancellationToken);
        return outcome switch
        {
            HoldOutcome.Done done => ViewsOfCore.Hold(number, done.Hold),
            HoldOutcome.Refused refused => throw new CommandException(refused.Error, refused.Advice),
            _ => throw NoCase(number),
        };
    }

    public async Task<CaseMovedView> MoveCaseAsync(
        CaseNumber number, CaseMove move, string? reason, CancellationToken cancellationToken)
    {
        long before = await Get<IOutbox>().CountAsync(cancellationToken);
        switch (await Get<CaseEnds>().MoveAsync(number, move, reason, By, expected: null, AccessScope.All, cancellationToken))
        {
            case CaseMoveOutcome.Done done:
                if (move == CaseMove.Reopen)
                {
                    await FileWaitingAsync(before, cancellationToken);
                }

                return ViewsOfCore.Moved(done, (await Get<RetentionDesk>().LookAsync(done.File, cancellationToken)).DueAt);
            case CaseMoveOutcome.Refused refused:
                throw new CommandException(refused.Error, refused.Advice);
            default:
                throw NoCase(number);
        }
    }

    public async Task<JournalView> VerifyJournalAsync(string? known, CancellationToken cancellationToken) =>
        ViewsOfCore.Journal(await Get<RetentionDesk>().VerifyJournalAsync(known, cancellationToken));

    public async Task<DueView> ListDueAsync(CancellationToken cancellationToken)
    {
        RetentionDesk desk = Get<RetentionDesk>();
        return new DueView(
            desk.Rules.Purge, [.. (await desk.ListDueAsync(AccessScope.All, cancellationToken)).Select(ViewsOfCore.Due)]);
    }

    /// <summary>What a look at the store shows.</summary>
    public Task<StoreFindings> LookAsync(CancellationToken cancellationToken) =>
        Get<RecordHubStorage>().LookAsync(cancellationToken);

    private sealed class Steps(Action<string> progress) : IProgress<PurgeStep>
    {
        public void Report(PurgeStep value) => progress(value switch
        {
            PurgeStep.Blobs => "rows removed",
            PurgeStep.Scrub => "blobs removed",
            PurgeStep.Verify => "database written anew",
            _ => "looked at what is left",
        });
    }
}
