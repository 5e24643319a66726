using System.Text.Json.Nodes;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Hub;

/// <content>Links between identifiers and patients, of a running service.</content>
internal sealed partial class RemoteHub
{
    public Task<LinksView> ListLinksAsync(CaseNumber number, CancellationToken cancellationToken) =>
        GetAsync($"api/cases/{number}/links", HubJson.Default.LinksView, cancellationToken);

    public Task<LinksView> FindLinkAsync(PatientIdentifier identifier, CancellationToken cancellationToken) => GetAsync(
        $"api/links?issuer={Uri.EscapeDataString(identifier.Issuer)}&value={Uri.EscapeDataString(identifier.Value)}",
        HubJson.Default.LinksView, cancellationToken);

    public Task<LinksView> DecideLinkAsync(
        CaseNumber number, PatientIdentifier identifier, bool takeBack, string reason, CancellationToken cancellationToken) =>
        PostAsync(
            $"api/cases/{number}/links/{(takeBack ? "take-back" : "restore")}",
            new JsonObject { ["issuer"] = identifier.Issuer, ["value"] = identifier.Value, ["reason"] = reason },
            HubJson.Default.LinksView, cancellationToken);
}
