using RecordHub.Storage.Sql;
using RecordHub.Storage.Sqlite;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>SQLite in a folder that goes with the test.</summary>
public sealed class SqliteHarness : StoreHarness
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recordhub-").FullName;
    private readonly SqliteDatabase _database;

    public SqliteHarness() => _database = new SqliteDatabase(Path.Combine(_folder, "recordhub.db"));

    internal override Database Database => _database;

    public override Task OpenAsync() => _database.OpenAsync(CancellationToken.None);

    public override async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
