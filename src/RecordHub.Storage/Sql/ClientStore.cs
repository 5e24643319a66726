using RecordHub.Core.Access;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sql;

/// <summary>Clients, their access tokens by the hash of the secret, and the assertions that they used.</summary>
internal sealed class ClientStore(Database database) : IClientStore
{
    private const string Columns = "id, name, role, cases, tenant, site, scopes, keys, created_at, keys_at, revoked_at";

    /// <inheritdoc />
    public Task AddAsync(RegisteredClient client, string actor, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync(
                $"""
                INSERT INTO client ({Columns})
                VALUES ($id, $name, $role, $cases, $tenant, $site, $scopes, $keys, $created, $keysAt, $revoked)
                """,
                ("$id", client.Id), ("$name", client.Name), ("$role", client.Role.ToString()),
                ("$cases", StoredJson.Of([.. client.Cases.Select(number => number.Value)])), ("$tenant", client.Tenant.ToString()),
                ("$site", client.Site), ("$scopes", client.Scopes.ToString()), ("$keys", JsonWebKeys.Write(client.Keys)),
                ("$created", client.CreatedAt.ToUnixTimeMilliseconds()), ("$keysAt", client.KeysAt.ToUnixTimeMilliseconds()),
                ("$revoked", client.RevokedAt?.ToUnixTimeMilliseconds())).ConfigureAwait(false);
            await NoteAsync(session, "client-add", client.Id, $"{client.Scopes}; {NamesOf(client.Keys)}", client.CreatedAt, actor)
                .ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<RegisteredClient?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync($"SELECT {Columns} FROM client WHERE id = $id", ToClient, ("$id", id)), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<RegisteredClient>> ListAsync(Tenant? tenant, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RegisteredClient>>(
            async session => await session.QueryAsync(
                $"SELECT {Columns} FROM client WHERE {Of(tenant)} ORDER BY created_at, id",
                ToClient, ("$tenant", tenant?.ToString())).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<bool> SetKeysAsync(
        string id, Tenant? tenant, IReadOnlyList<ClientKey> keys, DateTimeOffset at, string actor, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                bool isThere = await session.ExecuteAsync(
                    $"UPDATE client SET keys = $keys, keys_at = $at WHERE id = $id AND revoked_at IS NULL AND {Of(tenant)}",
                    ("$keys", JsonWebKeys.Write(keys)), ("$at", at.ToUnixTimeMilliseconds()), ("$id", id),
                    ("$tenant", tenant?.ToString())).ConfigureAwait(false) > 0;
                if (isThere)
                {
                    await NoteAsync(session, "client-keys", id, NamesOf(keys), at, actor).ConfigureAwait(false);
                }

                return isThere;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<bool> RevokeAsync(
        string id, Tenant? tenant, DateTimeOffset at, string actor, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                bool isThere = await session.ExecuteAsync(
                    $"UPDATE client SET revoked_at = $at WHERE id = $id AND revoked_at IS NULL AND {Of(tenant)}",
                    ("$at", at.ToUnixTimeMilliseconds()), ("$id", id), ("$tenant", tenant?.ToString())).ConfigureAwait(false) > 0;
                if (isThere)
                {
                    await session.ExecuteAsync("DELETE FROM client_token WHERE client_id = $id", ("$id", id)).ConfigureAwait(false);
                    await NoteAsync(session, "client-revoke", id, string.Empty, at, actor).ConfigureAwait(false);
                }

                return isThere;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<bool> UseAsync(
        string clientId, ContentHash tokenId, DateTimeOffset until, ClientAccess? access, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                bool isNew = await session.ExecuteAsync(
                    "INSERT INTO client_assertion (client_id, token_id, until) VALUES ($client, $id, $until) ON CONFLICT DO NOTHING",
                    ("$client", clientId), ("$id", tokenId.Bytes()), ("$until", until.ToUnixTimeMilliseconds())).ConfigureAwait(false) > 0;
                if (isNew && access is not null)
                {
                    await session.ExecuteAsync(
                        """
                        INSERT INTO client_token (hash, client_id, scopes, issued_at, expires_at)
                        VALUES ($hash, $client, $scopes, $issued, $expires)
                        """,
                        ("$hash", access.Hash.Bytes()), ("$client", clientId), ("$scopes", access.Scopes.ToString()),
                        ("$issued", access.IssuedAt.ToUnixTimeMilliseconds()),
                        ("$expires", access.Expires.ToUnixTimeMilliseconds())).ConfigureAwait(false);
                }

                return isNew;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<AccessToken?> FindTokenAsync(ContentHash hash, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.FirstAsync(
                """
                SELECT c.id, c.name, c.role, t.hash, c.cases, c.tenant, t.issued_at, c.site, t.scopes
                FROM client_token t JOIN client c ON c.id = t.client_id
                WHERE t.hash = $hash AND t.expires_at > $now AND c.revoked_at IS NULL
                """,
                ToToken, ("$hash", hash.Bytes()), ("$now", now.ToUnixTimeMilliseconds())),
            cancellationToken);

    /// <inheritdoc />
    public Task<int> ForgetAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            (string, SqlValue) until = ("$now", now.ToUnixTimeMilliseconds());
            return await session.ExecuteAsync("DELETE FROM client_token WHERE expires_at <= $now", until).ConfigureAwait(false)
                + await session.ExecuteAsync("DELETE FROM client_assertion WHERE until <= $now", until).ConfigureAwait(false);
        },
        cancellationToken);

    private static ValueTask NoteAsync(
        Session session, string action, string id, string detail, DateTimeOffset at, string actor) => OperationLog.AppendAsync(
        session, new OperationEntry(at.ToUnixTimeMilliseconds(), action, 0, actor, id, detail));

    private static string NamesOf(IReadOnlyList<ClientKey> keys) => $"keys {string.Join(", ", keys.Select(key => key.Id))}";

    private static string Of(Tenant? tenant) => tenant is null ? "TRUE" : "tenant = $tenant";

    private static IReadOnlyList<CaseNumber> CasesOf(string json) =>
        [.. StoredJson.ToNumbers(json).Select(number => new CaseNumber(number))];

    private static RegisteredClient ToClient(Row row) => new(
        row.GetString(0), row.GetString(1), row.GetEnum<Role>(2), CasesOf(row.GetString(3)), Tenant.Parse(row.GetString(4)),
        row.GetText(5), ScopeSet.Parse(row.GetString(6)).Set, JsonWebKeys.Read(row.GetString(7), out _) ?? [], row.GetTime(8),
        row.GetTime(9), row.IsNull(10) ? null : row.GetTime(10));

    private static AccessToken ToToken(Row row) => new(
        row.GetString(0), row.GetString(1), row.GetEnum<Role>(2), row.GetHash(3), CasesOf(row.GetString(4)),
        Tenant.Parse(row.GetString(5)), row.GetTime(6), Site: row.GetText(7), Scopes: ScopeSet.Parse(row.GetString(8)).Set);
}
