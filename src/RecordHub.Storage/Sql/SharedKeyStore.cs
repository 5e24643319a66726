using RecordHub.Core.Access;

namespace RecordHub.Storage.Sql;

/// <summary>The shared_key table.</summary>
internal sealed class SharedKeyStore(Database database) : ISharedKeys
{
    /// <inheritdoc />
    public Task<byte[]> GetOrAddAsync(string name, byte[] candidate, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(
                    "INSERT INTO shared_key (name, value) VALUES ($name, $value) ON CONFLICT (name) DO NOTHING",
                    ("$name", name), ("$value", candidate)).ConfigureAwait(false);
                return await session.FirstAsync(
                    "SELECT value FROM shared_key WHERE name = $name", static row => row.GetBytes(0).ToArray(),
                    ("$name", name)).ConfigureAwait(false) ?? candidate;
            },
            cancellationToken);
}
