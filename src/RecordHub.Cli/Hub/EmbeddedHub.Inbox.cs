using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Hub;

/// <content>What is held, and what people decide, in a folder.</content>
internal sealed partial class EmbeddedHub
{
    public async Task<IReadOnlyList<InboxItemView>> ListInboxAsync(CancellationToken cancellationToken) =>
        [.. (await Get<InboxDesk>().ListAsync(AccessScope.All, cancellationToken)).Select(ViewsOfCore.Item)];

    public async Task<InboxPageView> ListInboxGroupsAsync(RecordId? after, int count, CancellationToken cancellationToken) =>
        InboxViewsOfCore.Page(await Get<InboxOverview>().PageAsync(AccessScope.All, after, count, cancellationToken));

    public async Task<InboxItemView> ShowInboxAsync(RecordId id, CancellationToken cancellationToken)
    {
        HeldRecord record = await Get<InboxDesk>().ShowAsync(id, AccessScope.All, cancellationToken)
            ?? throw new CommandException($"There is no record {id}.", "See 'recordhub inbox list' for those that are held.");
        return ViewsOfCore.Item(record) with
        {
            Matches = [.. (await Get<InboxOverview>().MatchAsync(record, cancellationToken)).Select(InboxViewsOfCore.Match)],
        };
    }

    public async Task<IReadOnlyList<MovedView>> PreviewAsync(
        InboxTarget target, CaseNumber number, CancellationToken cancellationToken)
    {
        IReadOnlyList<MovedRecord> moved =
            await Get<AssignmentPreview>().LookAsync(target, number, AccessScope.All, cancellationToken);
        return moved is []
            ? throw new CommandException("There is no such held record, or no such case.", "See 'recordhub inbox list' and 'recordhub case list'.")
            : [.. moved.Select(InboxViewsOfCore.Moved)];
    }

    public async Task<DecidedView> DecideAsync(
        InboxTarget target, InboxVerdict verdict, CaseNumber number, string? reason, CancellationToken cancellationToken)
    {
        InboxDesk desk = Get<InboxDesk>();
        InboxOutcome outcome = verdict switch
        {
            InboxVerdict.Assign => await desk.AssignAsync(target, number, By, AccessScope.All, cancellationToken),
            InboxVerdict.Reject => await desk.RejectAsync(target, reason ?? string.Empty, By, AccessScope.All, cancellationToken),
            _ => await desk.UndoAsync(target, By, AccessScope.All, cancellationToken),
        };
        return outcome switch
        {
            InboxOutcome.Done done => InboxViewsOfCore.Decided(done),
            InboxOutcome.NotFound missing => throw new CommandException(missing.Error, missing.Advice),
            InboxOutcome.Refused refused => throw new CommandException(refused.Error, refused.Advice),
            _ => throw new InvalidOperationException("An unknown outcome of a decision."),
        };
    }

    public async Task<IReadOnlyList<AlertView>> ListAlertsAsync(CancellationToken cancellationToken) =>
        [.. (await Get<SenderAlerts>().ListAsync(AccessScope.All, null, null, cancellationToken)).Select(InboxViewsOfCore.Alert)];

    public async Task<SplitView> SplitAsync(StudyShare share, CaseNumber to, CancellationToken cancellationToken) =>
        await Get<SplitDesk>().MoveAsync(share, to, By, AccessScope.All, cancellationToken) switch
        {
            SplitOutcome.Done done => InboxViewsOfCore.Split(done),
            SplitOutcome.NotFound missing => throw new CommandException(missing.Error, missing.Advice),
            SplitOutcome.Refused refused => throw new CommandException(refused.Error, refused.Advice),
            _ => throw new InvalidOperationException("An unknown outcome of a split."),
        };

    public async Task<IReadOnlyList<ReaderView>> ListReadersAsync(
        CaseNumber number, int? version, CancellationToken cancellationToken)
    {
        if (await Get<PublishingDesk>().ShowAsync(number, version, AccessScope.All, cancellationToken) is null)
        {
            throw NoPackage(number);
        }

        return [.. (await Get<Withdrawals>().ReadersAsync(number, cancellationToken))
            .Where(one => version is null || one.Version == version).Select(InboxViewsOfCore.Reader)];
    }
}
