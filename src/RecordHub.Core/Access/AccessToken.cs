using RecordHub.Core.Access.Clients;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Access;

/// <summary>A token as it is kept: only its hash. Static, or with scopes a client's for a short time.</summary>
/// <param name="Id">Names it for revocation; shown in lists.</param>
/// <param name="Name">Whom it was made for; becomes the sender's name on what comes in by it.</param>
/// <param name="Role">What its holder may do.</param>
/// <param name="Hash">SHA-256 of the secret (256 random bits, so no salt is needed).</param>
/// <param name="Cases">For a specialist: the cases; empty otherwise.</param>
/// <param name="Tenant">Whose it is; null for an administrator of all tenants.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RevokedAt">When it was revoked; null while it is valid.</param>
/// <param name="Site">The referring site whose records come by it; null when it is no site's.</param>
/// <param name="Scopes">What it is for, of a client's; null of a static one, which is for all that its role may do.</param>
public sealed record AccessToken(
    string Id, string Name, Role Role, ContentHash Hash, IReadOnlyList<CaseNumber> Cases, Tenant? Tenant,
    DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt = null, string? Site = null,
    ScopeSet? Scopes = null);
