using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sql;

/// <summary>Tokens, by the hash of their secret.</summary>
internal sealed class TokenStore(Database database) : ITokenStore
{
    private const string Columns = "id, name, role, hash, cases, created_at, revoked_at, tenant, site";

    /// <inheritdoc />
    public Task AddAsync(AccessToken token, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            $"INSERT INTO token ({Columns}) VALUES ($id, $name, $role, $hash, $cases, $created, $revoked, $tenant, $site)",
            ("$id", token.Id), ("$name", token.Name), ("$role", token.Role.ToString()), ("$hash", token.Hash.Bytes()),
            ("$cases", StoredJson.Of([.. token.Cases.Select(number => number.Value)])),
            ("$created", token.CreatedAt.ToUnixTimeMilliseconds()),
            ("$revoked", token.RevokedAt?.ToUnixTimeMilliseconds()), ("$tenant", token.Tenant?.ToString()),
            ("$site", token.Site)),
        cancellationToken);

    /// <inheritdoc />
    public Task<AccessToken?> FindAsync(ContentHash hash, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            $"SELECT {Columns} FROM token WHERE hash = $hash", ToToken, ("$hash", hash.Bytes())),
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<AccessToken>> ListAsync(Tenant? tenant, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AccessToken>>(
            async session => await session.QueryAsync(
                $"SELECT {Columns} FROM token WHERE {Of(tenant)} ORDER BY created_at, id",
                ToToken, ("$tenant", tenant?.ToString())).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<bool> RevokeAsync(
        string id, Tenant? tenant, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session => await session.ExecuteAsync(
                $"UPDATE token SET revoked_at = $at WHERE id = $id AND revoked_at IS NULL AND {Of(tenant)}",
                ("$at", at.ToUnixTimeMilliseconds()), ("$id", id), ("$tenant", tenant?.ToString())).ConfigureAwait(false) > 0,
            cancellationToken);

    private static string Of(Tenant? tenant) => tenant is null ? "TRUE" : "tenant = $tenant";

    private static AccessToken ToToken(Row row) => new(
        row.GetString(0), row.GetString(1), row.GetEnum<Role>(2), row.GetHash(3),
        [.. StoredJson.ToNumbers(row.GetString(4)).Select(number => new CaseNumber(number))],
        row.IsNull(7) ? null : Tenant.Parse(row.GetString(7)), row.GetTime(5), row.IsNull(6) ? null : row.GetTime(6),
        row.GetText(8));
}
