using System.Text.Json.Nodes;
using RecordHub.Core.Access.Clients;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Hub;

/// <summary>Clients of SMART Backend Services.</summary>
internal sealed partial class RemoteHub
{
    public Task<ClientView> AddClientAsync(NewClient asked, CancellationToken cancellationToken) => PostAsync(
        "api/clients",
        new JsonObject
        {
            ["name"] = asked.Name,
            ["role"] = ViewsOfCore.Words(asked.Role),
            ["cases"] = new JsonArray([.. asked.Cases.Select(number => (JsonNode)number.Value)]),
            ["tenant"] = asked.Tenant?.ToString(),
            ["site"] = asked.Site,
            ["scope"] = asked.Scope,
            ["jwks"] = SetOf(asked.Keys),
        },
        HubJson.Default.ClientView, cancellationToken);

    public Task<IReadOnlyList<ClientView>> ListClientsAsync(CancellationToken cancellationToken) =>
        GetAsync("api/clients", HubJson.Default.IReadOnlyListClientView, cancellationToken);

    public Task<ClientView> SetClientKeysAsync(string id, string keySet, CancellationToken cancellationToken) => PostAsync(
        $"api/clients/{Uri.EscapeDataString(id)}/keys", new JsonObject { ["jwks"] = SetOf(keySet) }, HubJson.Default.ClientView,
        cancellationToken);

    public async Task RevokeClientAsync(string id, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await _http.DeleteAsync($"api/clients/{Uri.EscapeDataString(id)}", cancellationToken);
        await EnsureAsync(answer, cancellationToken);
    }

    // What is none, and private keys, stay here.
    private static JsonNode? SetOf(string keySet) => JsonWebKeys.Read(keySet, out string? wrong) is not null
        ? JsonNode.Parse(keySet)
        : throw new CommandException("The keys are not taken", wrong ?? string.Empty);
}
