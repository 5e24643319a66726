using RecordHub.Storage.Postgres;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>A PostgreSQL database that goes with the test.</summary>
public sealed class PostgresHarness : StoreHarness
{
    private string? _connection;

    internal override Database Connect() =>
        new PostgresDatabase(_connection ?? throw new InvalidOperationException("There is no database yet."));

    protected override async Task PrepareAsync() => _connection = await PostgresServer.NewDatabaseAsync();

    protected override Task RemoveAsync() =>
        _connection is null ? Task.CompletedTask : PostgresServer.DropAsync(_connection);
}
