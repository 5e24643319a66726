using RecordHub.Storage.Sql;
using RecordHub.Storage.Sqlite;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>SQLite in a folder that goes with the test.</summary>
public sealed class SqliteHarness : StoreHarness
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recordhub-").FullName;

    internal override Database Connect() => new SqliteDatabase(Path.Combine(_folder, "recordhub.db"));

    protected override Task PrepareAsync() => Task.CompletedTask;

    protected override Task RemoveAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
