using System.Text.Json.Nodes;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Hub;

/// <content>Upload links, of a running service.</content>
internal sealed partial class RemoteHub
{
    public Task<UploadLinkView> CreateUploadLinkAsync(
        CaseNumber number, int? days, string? label, CancellationToken cancellationToken) => PostAsync(
        $"api/cases/{number}/upload-links", new JsonObject { ["days"] = days, ["label"] = label },
        HubJson.Default.UploadLinkView, cancellationToken);

    public Task<IReadOnlyList<UploadLinkView>> ListUploadLinksAsync(CaseNumber number, CancellationToken cancellationToken) =>
        GetAsync($"api/cases/{number}/upload-links", HubJson.Default.IReadOnlyListUploadLinkView, cancellationToken);

    public async Task RevokeUploadLinkAsync(CaseNumber number, string id, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await _http.DeleteAsync(
            $"api/cases/{number}/upload-links/{Uri.EscapeDataString(id)}", cancellationToken);
        await EnsureAsync(answer, cancellationToken);
    }
}
