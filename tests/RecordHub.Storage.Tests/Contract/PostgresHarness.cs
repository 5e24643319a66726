using RecordHub.Storage.Postgres;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>A PostgreSQL database that goes with the test.</summary>
public sealed class PostgresHarness : StoreHarness
{
    private string _connection = string.Empty;
    private PostgresDatabase? _database;

    internal override Database Database =>
        _database ?? throw new InvalidOperationException("The database was not opened.");

    public override async Task OpenAsync()
    {
        _connection = await PostgresServer.NewDatabaseAsync();
        _database = new PostgresDatabase(_connection);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
            await PostgresServer.DropAsync(_connection);
        }
    }
}
