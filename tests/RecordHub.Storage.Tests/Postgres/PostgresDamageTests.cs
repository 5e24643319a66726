using Npgsql;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Peers;
using RecordHub.Storage.Postgres;
using RecordHub.Storage.Tests.Contract;

namespace RecordHub.Storage.Tests.Postgres;

/// <summary>A server whose disk gives back other bytes than were written.</summary>
[CancelAfter(120_000)]
public sealed class PostgresDamageTests
{
    private static CancellationToken None => CancellationToken.None;

    [TestCase("item", false, "the table item cannot be read (SQLSTATE XX001)")]
    [TestCase("item_content", false, "the table item cannot be read (SQLSTATE XX001)")]
    [TestCase("item", true, "the table item cannot be read (SQLSTATE 58P01)")]
    public async Task Damage_ends_reading_and_writing_and_is_said(string relation, bool gone, string fault)
    {
        PostgresPeer.Require();
        await using PostgresPeer peer = new();
        await peer.UpAsync();
        string connection = await peer.CreateDatabaseAsync();
        string file = Path.Combine(Path.GetDirectoryName(peer.Tables)!, await StoreAsync(connection, relation));
        Assert.That((await DatabaseProbe.LookAsync(connection, TimeProvider.System, null, None)).Fault, Is.Null);
        await peer.DownAsync();
        if (gone)
        {
            File.Delete(file);
        }
        else
        {
            Flip(file);
        }

        await peer.UpAsync();

        await using PostgresDatabase database = new(connection);
        StoreNode node = new(database, TimeProvider.System);
        Assert.That(await node.Outbox.CountAsync(None), Is.EqualTo(1), "what is sound is read until damage is met");
        Assert.ThrowsAsync<StorageDamagedException>(() => node.Items.ReceiveAsync(Make.Item("one"), None).AsTask());
        Assert.That(database.Damaged.IsCompletedSuccessfully, Is.True);
        Assert.ThrowsAsync<StorageDamagedException>(() => node.Outbox.CountAsync(None));
        DatabaseFindings found = await DatabaseProbe.LookAsync(connection, TimeProvider.System, null, None);
        Assert.That((found.Fault, found.IsWhole), Is.EqualTo((fault, true)));
    }

    // Gives where the server keeps the relation.
    private static async Task<string> StoreAsync(string connection, string relation)
    {
        await using PostgresDatabase database = new(connection);
        StoreNode node = new(database, TimeProvider.System);
        await node.OpenAsync();
        await node.Items.ReceiveAsync(Make.Item("one"), None);
        await using NpgsqlConnection asking = new(connection);
        await asking.OpenAsync();
        await using NpgsqlCommand where = new("SELECT pg_relation_filepath($1)", asking);
        where.Parameters.Add(new NpgsqlParameter { Value = relation });
        return (string)(await where.ExecuteScalarAsync())!;
    }

    private static void Flip(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        for (int i = 100; i < bytes.Length; i += 100)
        {
            bytes[i] ^= 0xFF;
        }

        File.WriteAllBytes(file, bytes);
    }
}
