using RecordHub.Core.Intake;

namespace RecordHub.Core.Access;

/// <summary>Remembers tokens.</summary>
public interface ITokenStore
{
    /// <summary>Saves a new token.</summary>
    Task AddAsync(AccessToken token, CancellationToken cancellationToken);

    /// <summary>The token with this hash, revoked ones included; null when there is none.</summary>
    Task<AccessToken?> FindAsync(ContentHash hash, CancellationToken cancellationToken);

    /// <summary>A tenant's tokens, or all of them (null), oldest first.</summary>
    Task<IReadOnlyList<AccessToken>> ListAsync(Tenant? tenant, CancellationToken cancellationToken);

    /// <summary>Revokes a tenant's token, or anybody's (null); false when there is none of this id that is valid.</summary>
    Task<bool> RevokeAsync(string id, Tenant? tenant, DateTimeOffset at, CancellationToken cancellationToken);
}
