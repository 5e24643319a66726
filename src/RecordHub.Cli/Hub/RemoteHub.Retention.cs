using System.Text.Json.Nodes;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Hub;

/// <content>Legal holds and purges, of a running service.</content>
internal sealed partial class RemoteHub
{
    public Task<PurgeView> LookAtPurgeAsync(CaseNumber number, CancellationToken cancellationToken) =>
        GetAsync($"api/cases/{number}/purge", HubJson.Default.PurgeView, cancellationToken);

    public async Task<string> PurgeAsync(
        CaseNumber number, string reason, Action<string> progress, CancellationToken cancellationToken)
    {
        progress("the service removes it");
        using StringContent content = new(
            new JsonObject { ["reason"] = reason, ["confirm"] = number.Value }.ToJsonString(),
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage answer = await _http.PostAsync($"api/cases/{number}/purge", content, cancellationToken);
        await EnsureAsync(answer, cancellationToken);
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    public Task<HoldView> HoldAsync(CaseNumber number, bool held, string reason, CancellationToken cancellationToken) =>
        PostAsync(
            $"api/cases/{number}/{(held ? "hold" : "release")}", new JsonObject { ["reason"] = reason },
            HubJson.Default.HoldView, cancellationToken);

    public Task<CaseMovedView> MoveCaseAsync(
        CaseNumber number, CaseMove move, string? reason, CancellationToken cancellationToken) => PostAsync(
        $"api/cases/{number}/{ViewsOfCore.Words(move)}", new JsonObject { ["reason"] = reason }, HubJson.Default.CaseMovedView,
        cancellationToken);

    public Task<JournalView> VerifyJournalAsync(string? known, CancellationToken cancellationToken) =>
        GetAsync($"api/audit/verify{Query(("contains", known))}", HubJson.Default.JournalView, cancellationToken);

    public Task<DueView> ListDueAsync(CancellationToken cancellationToken) =>
        GetAsync("api/retention", HubJson.Default.DueView, cancellationToken);
}
