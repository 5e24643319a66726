using System.Text.Json;
using RecordHub.Core.Access.Clients;

namespace RecordHub.Server.Api;

// What the JSON interface says and is asked of clients: one closed family.

/// <summary>A client of SMART Backend Services.</summary>
/// <param name="Id">Its client id: iss and sub of its assertions.</param>
/// <param name="Name">Whom it is for.</param>
/// <param name="Role">What it may do at most.</param>
/// <param name="Cases">For a specialist: the cases.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Site">The site whose records come by it; null when it is none's.</param>
/// <param name="Scope">What its tokens may be for at most.</param>
/// <param name="Keys">Its public keys.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="KeysAt">When its keys were set last.</param>
/// <param name="RevokedAt">When it was revoked; null while it is valid.</param>
public sealed record ClientView(
    string Id, string Name, string Role, IReadOnlyList<long> Cases, string Tenant, string? Site, string Scope,
    IReadOnlyList<ClientKeyView> Keys, DateTimeOffset CreatedAt, DateTimeOffset KeysAt, DateTimeOffset? RevokedAt)
{
    /// <inheritdoc />
    public override string ToString() => Id;
}

/// <summary>A public key by its names.</summary>
public sealed record ClientKeyView(string Kid, string Alg);

/// <summary>Registers a client; its keys are a JSON Web Key Set.</summary>
public sealed record NewClientRequest(
    string? Name, string? Role, IReadOnlyList<long>? Cases, string? Tenant, string? Site, string? Scope, JsonElement? Jwks)
{
    /// <inheritdoc />
    public override string ToString() => nameof(NewClientRequest);
}

/// <summary>Puts a JSON Web Key Set in the place of a client's.</summary>
public sealed record ClientKeysRequest(JsonElement? Jwks)
{
    /// <inheritdoc />
    public override string ToString() => nameof(ClientKeysRequest);
}

/// <summary>Makes the views of clients.</summary>
public static class ViewsOfClients
{
    /// <summary>A client, of its keys the names alone.</summary>
    public static ClientView Client(RegisteredClient client) => new(
        client.Id, client.Name, ViewsOfCore.Words(client.Role), [.. client.Cases.Select(number => number.Value)],
        client.Tenant.ToString(), client.Site, client.Scopes.ToString(),
        [.. client.Keys.Select(key => new ClientKeyView(key.Id, key.Algorithm))], client.CreatedAt, client.KeysAt, client.RevokedAt);
}
