using RecordHub.Core.Intake;

namespace RecordHub.Core.Access;

/// <summary>Remembers tokens.</summary>
public interface ITokenStore
{
    /// <summary>Saves a new token.</summary>
    Task AddAsync(AccessToken token, CancellationToken cancellationToken);

    /// <summary>The token with this hash, revoked ones included; null when there is none.</summary>
    Task<AccessToken?> FindAsync(ContentHash hash, CancellationToken cancellationToken);

    /// <summary>All tokens, oldest first.</summary>
    Task<IReadOnlyList<AccessToken>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Revokes a token; false when there is none of this id that is valid.</summary>
    Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);
}
