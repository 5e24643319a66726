using System.Text.Json.Nodes;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Hub;

/// <content>What is held, and what people decide, of a running service.</content>
internal sealed partial class RemoteHub
{
    public Task<IReadOnlyList<InboxItemView>> ListInboxAsync(CancellationToken cancellationToken) =>
        GetAsync("api/inbox", HubJson.Default.IReadOnlyListInboxItemView, cancellationToken);

    public Task<InboxPageView> ListInboxGroupsAsync(RecordId? after, int count, CancellationToken cancellationToken) =>
        GetAsync(
            $"api/inbox/groups{Query(("after", after), ("count", count))}", HubJson.Default.InboxPageView, cancellationToken);

    public Task<InboxItemView> ShowInboxAsync(RecordId id, CancellationToken cancellationToken) =>
        GetAsync($"api/inbox/{id}", HubJson.Default.InboxItemView, cancellationToken);

    public Task<IReadOnlyList<MovedView>> PreviewAsync(
        InboxTarget target, CaseNumber number, CancellationToken cancellationToken) => GetAsync(
        $"api/inbox/{target.Id}/preview{Query(("case", number.Value), ("of", ViewsOfCore.Words(target.Extent)))}",
        HubJson.Default.IReadOnlyListMovedView, cancellationToken);

    public Task<DecidedView> DecideAsync(
        InboxTarget target, InboxVerdict verdict, CaseNumber number, string? reason, CancellationToken cancellationToken)
    {
        JsonObject body = new() { ["of"] = ViewsOfCore.Words(target.Extent) };
        if (verdict == InboxVerdict.Assign)
        {
            body["case"] = number.Value;
        }
        else if (verdict == InboxVerdict.Reject)
        {
            body["reason"] = reason;
        }

        return PostAsync(
            $"api/inbox/{target.Id}/{ViewsOfCore.Words(verdict)}", body, HubJson.Default.DecidedView, cancellationToken);
    }

    public Task<IReadOnlyList<AlertView>> ListAlertsAsync(CancellationToken cancellationToken) =>
        GetAsync("api/alerts", HubJson.Default.IReadOnlyListAlertView, cancellationToken);

    public Task<SplitView> SplitAsync(StudyShare share, CaseNumber to, CancellationToken cancellationToken) => PostAsync(
        $"api/studies/{Uri.EscapeDataString(share.StudyInstanceUid)}/split",
        new JsonObject
        {
            ["from"] = share.Case.Value,
            ["to"] = to.Value,
            ["series"] = new JsonArray([.. share.Series.Select(uid => (JsonNode)uid)]),
            ["instances"] = new JsonArray([.. share.Instances.Select(uid => (JsonNode)uid)]),
        },
        HubJson.Default.SplitView, cancellationToken);

    public Task<IReadOnlyList<ReaderView>> ListReadersAsync(
        CaseNumber number, int? version, CancellationToken cancellationToken) => GetAsync(
        $"api/packages/{number}/readers{Query(("version", version))}", HubJson.Default.IReadOnlyListReaderView, cancellationToken);
}
