using RecordHub.Core.Cases;

namespace RecordHub.Core.Access.Clients;

/// <summary>A program that gets access tokens by its keys.</summary>
/// <param name="Id">Its client id.</param>
/// <param name="Name">Whom it was registered for.</param>
/// <param name="Role">What it may do at most.</param>
/// <param name="Cases">For a specialist: the cases; empty otherwise.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Site">The referring site whose records come by it; null when it is no site's.</param>
/// <param name="Scopes">What its tokens may be for at most.</param>
/// <param name="Keys">Its public keys.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="KeysAt">When its keys were set last.</param>
/// <param name="RevokedAt">When it was revoked; null while it is valid.</param>
public sealed record RegisteredClient(
    string Id, string Name, Role Role, IReadOnlyList<CaseNumber> Cases, Tenant Tenant, string? Site, ScopeSet Scopes,
    IReadOnlyList<ClientKey> Keys, DateTimeOffset CreatedAt, DateTimeOffset KeysAt, DateTimeOffset? RevokedAt = null)
{
    /// <summary>The id only.</summary>
    public override string ToString() => Id;
}
