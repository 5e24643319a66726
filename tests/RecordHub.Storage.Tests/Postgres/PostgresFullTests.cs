using Npgsql;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Storage.Postgres;
using RecordHub.Storage.Tests.Contract;

namespace RecordHub.Storage.Tests.Postgres;

/// <summary>A server whose disk has no room for new pages, while pages that it has take small writes.</summary>
[CancelAfter(120_000)]
public sealed class PostgresFullTests
{
    private const string NoRoom =
        """
        CREATE FUNCTION full_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE SQLSTATE '53100'; END $$;
        CREATE FUNCTION full_table() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE SQLSTATE '53100'; END $$;
        CREATE TRIGGER full_row BEFORE INSERT ON item FOR EACH ROW EXECUTE FUNCTION full_row();
        CREATE EVENT TRIGGER full_table ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION full_table()
        """;

    private const string Room = "DROP EVENT TRIGGER full_table; DROP TRIGGER full_row ON item";

    private static CancellationToken None => CancellationToken.None;

    [Test]
    public async Task A_small_write_that_succeeds_does_not_say_that_there_is_room()
    {
        string connection = await PostgresServer.NewDatabaseAsync();
        try
        {
            await using PostgresDatabase database = new(connection) { BetweenLooks = TimeSpan.Zero };
            StoreNode node = new(database, TimeProvider.System);
            await node.OpenAsync();
            await database.CheckRoomAsync(None);

            await RunAsync(connection, NoRoom);
            Assert.ThrowsAsync<StorageFullException>(() => node.Items.ReceiveAsync(Make.Item("one"), None).AsTask());
            await database.WriteAsync(static session => session.ExecuteAsync("UPDATE shared_key SET value = value"), None);
            Assert.That(database.IsFull, Is.True);
            Assert.ThrowsAsync<StorageFullException>(() => database.CheckRoomAsync(None));

            await RunAsync(connection, Room);
            await database.CheckRoomAsync(None);
            Assert.That(database.IsFull, Is.False);
            await node.Items.ReceiveAsync(Make.Item("one"), None);
        }
        finally
        {
            await PostgresServer.DropAsync(connection);
        }
    }

    private static async Task RunAsync(string connection, string sql)
    {
        await using NpgsqlConnection opened = new(connection);
        await opened.OpenAsync();
#pragma warning disable CA2100 // constants of this class
        await using NpgsqlCommand command = new(sql, opened);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
