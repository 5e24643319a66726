using Microsoft.Data.Sqlite;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sqlite;

/// <summary>Tokens, by the hash of their secret.</summary>
internal sealed class SqliteTokenStore(SqliteDatabase database) : ITokenStore
{
    private const string Columns = "id, name, role, hash, cases, created_at, revoked_at";

    /// <inheritdoc />
    public Task AddAsync(AccessToken token, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Execute(
            $"INSERT INTO token ({Columns}) VALUES ($id, $name, $role, $hash, $cases, $created, $revoked)",
            ("$id", token.Id), ("$name", token.Name), ("$role", token.Role.ToString()), ("$hash", token.Hash.Bytes()),
            ("$cases", StoredJson.Of([.. token.Cases.Select(number => number.Value)])),
            ("$created", token.CreatedAt.ToUnixTimeMilliseconds()),
            ("$revoked", token.RevokedAt?.ToUnixTimeMilliseconds())),
        cancellationToken);

    /// <inheritdoc />
    public Task<AccessToken?> FindAsync(ContentHash hash, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.First(
            $"SELECT {Columns} FROM token WHERE hash = $hash", ToToken, ("$hash", hash.Bytes())),
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<AccessToken>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AccessToken>>(
            static session => session.Query($"SELECT {Columns} FROM token ORDER BY created_at, id", ToToken),
            cancellationToken);

    /// <inheritdoc />
    public Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute(
                "UPDATE token SET revoked_at = $at WHERE id = $id AND revoked_at IS NULL",
                ("$at", at.ToUnixTimeMilliseconds()), ("$id", id)) > 0,
            cancellationToken);

    private static AccessToken ToToken(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetEnum<Role>(2), row.GetHash(3),
        [.. StoredJson.ToNumbers(row.GetString(4)).Select(number => new CaseNumber(number))],
        row.GetTime(5), row.IsDBNull(6) ? null : row.GetTime(6));
}
