using RecordHub.Core.Intake;

namespace RecordHub.Core.Access.Clients;

/// <summary>Remembers clients, the access tokens that they have, and the assertions that they used.</summary>
public interface IClientStore
{
    /// <summary>Saves a new client, and that somebody registered it.</summary>
    Task AddAsync(RegisteredClient client, string actor, CancellationToken cancellationToken);

    /// <summary>The client of this id, revoked ones included; null when there is none.</summary>
    Task<RegisteredClient?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>A tenant's clients, or all of them (null), oldest first.</summary>
    Task<IReadOnlyList<RegisteredClient>> ListAsync(Tenant? tenant, CancellationToken cancellationToken);

    /// <summary>Puts these keys in the place of a valid client's; false when there is none.</summary>
    Task<bool> SetKeysAsync(
        string id, Tenant? tenant, IReadOnlyList<ClientKey> keys, DateTimeOffset at, string actor, CancellationToken cancellationToken);

    /// <summary>Revokes a client with its access tokens; false when there is no valid one.</summary>
    Task<bool> RevokeAsync(string id, Tenant? tenant, DateTimeOffset at, string actor, CancellationToken cancellationToken);

    /// <summary>Marks an assertion as used, and keeps the access token that is given for it.</summary>
    /// <param name="clientId">Whose assertion it is.</param>
    /// <param name="tokenId">The digest of its jti.</param>
    /// <param name="until">How long it has to be remembered.</param>
    /// <param name="access">The token; null when none is given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when it had been used before, in whichever process: nothing is kept then.</returns>
    Task<bool> UseAsync(
        string clientId, ContentHash tokenId, DateTimeOffset until, ClientAccess? access, CancellationToken cancellationToken);

    /// <summary>The token with this hash, of a client that is not revoked, while it counts; null else.</summary>
    Task<AccessToken?> FindTokenAsync(ContentHash hash, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets tokens and assertions that do not count any more; gives how many.</summary>
    Task<int> ForgetAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
