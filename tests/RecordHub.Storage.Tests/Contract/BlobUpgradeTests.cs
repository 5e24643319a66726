using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs.Volumes;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>What a version stored that had a row for each place, and an index of hashes for each table, is named and found as before.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class BlobUpgradeTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private const string Before =
        """
        DROP TABLE blob;
        CREATE TABLE blob_place (
          blob BYTES PRIMARY KEY, volume BYTES NOT NULL, position BIGINT NOT NULL, length BIGINT NOT NULL);
        CREATE INDEX blob_place_volume ON blob_place (volume, position);
        CREATE INDEX item_blob ON item (blob);
        CREATE INDEX instance_blob ON instance (blob);
        """;

    private static bool IsSqlite => typeof(THarness) == typeof(SqliteHarness);

    [Test]
    public async Task All_that_was_named_is_and_lies_where_it_lay()
    {
        Guid volume = Guid.CreateVersion7();
        BlobPlace[] places = [new(volume, 0, 100), new(volume, 100, 50), new(volume, 150, 7)];
        ReceivedItem instance = Make.Item("instance", 1, "1.2.3", "its file");
        ReceivedItem copy = Make.Item("instance", 2, "1.2.3", "its file");
        ReceivedItem letter = Make.Item("letter");
        ReceivedItem nameless = Make.Item("a data set without a name", blob: "its own file");
        ReceivedItem again = Make.Item("as another version hashed it", blob: "its own file");
        ReceivedItem large = Make.Item("in a file of its own", 0, "1.2.4", "large");
        await using Database database = Store.Connect();
        await database.WriteAsync(session => Run(session, Before.Replace("BYTES", IsSqlite ? "BLOB" : "BYTEA", StringComparison.Ordinal)), None);
        foreach (ReceivedItem item in new[] { instance, copy, letter, nameless, again, large })
        {
            await database.WriteAsync(session => InsertAsync(session, item), None);
        }

        ContentHash[] placed = [instance.Blob, letter.Blob, Make.Hash("of nobody")];
        await database.WriteAsync(session => PlaceAsync(session, placed.Zip(places)), None);

        await database.WriteAsync(session => Run(session, Script()), None);

        Assert.That(
            await database.ReadAsync(session => BlobRows.OfVolumeAsync(session, volume), None),
            Is.EqualTo(places.Select(place => new VolumeRange(place.Offset, place.Length))));
        foreach ((ContentHash blob, BlobPlace place) in placed.Zip(places))
        {
            Assert.That(await database.ReadAsync(session => BlobRows.FindPlaceAsync(session, blob), None), Is.EqualTo(place));
        }

        Assert.That(await database.ReadAsync(session => BlobRows.FindPlaceAsync(session, large.Blob), None), Is.Null);
        foreach (ReceivedItem item in new[] { instance, letter, large })
        {
            Assert.That(await database.ReadAsync(session => BlobRows.IsNamedAsync(session, item.Blob), None), Is.True);
            Assert.That(await Store.Items.HoldsAsync(item.Blob, Tenant.Default, None), Is.True);
            Assert.That(await Store.Items.ReceiveAsync(item with { Id = ItemId.New(TimeProvider.System) }, None), Is.InstanceOf<Receipt.Known>());
        }

        Assert.That(await database.ReadAsync(session => BlobRows.IsNamedAsync(session, nameless.Blob), None), Is.True);
        Assert.That(await Store.Items.HoldsAsync(nameless.Blob, Tenant.Default, None), Is.True);
        Assert.That(await database.ReadAsync(session => BlobRows.IsNamedAsync(session, placed[2]), None), Is.False);
    }

    private static string Script()
    {
        string name = IsSqlite ? "RecordHub.Storage.0018-blobs.sql" : "RecordHub.Postgres.0016-blobs.sql";
        using StreamReader reader = new(typeof(Database).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static ValueTask<bool> Run(Session session, string statements)
    {
        foreach (string statement in statements.ReplaceLineEndings("\n").Split(";\n", StringSplitOptions.RemoveEmptyEntries))
        {
            session.Write(statement);
        }

        return ValueTask.FromResult(true);
    }

    private static ValueTask<bool> InsertAsync(Session session, ReceivedItem item)
    {
        session.Write(
            """
            INSERT INTO item (id, received_at, kind, blob, length, content, sop_instance_uid, data_set_offset, case_number,
              source, revision, tenant)
            VALUES ($id, 1, $kind, $blob, 100, $content, $sop, 0, $case, '{}', 1, 'default')
            """,
            ("$id", item.Id.Bytes()), ("$kind", item.Kind.ToString()), ("$blob", item.Blob.Bytes()),
            ("$content", item.Content.Bytes()), ("$sop", item.SopInstanceUid ?? string.Empty), ("$case", item.Source.Case.Value));
        return ValueTask.FromResult(true);
    }

    private static ValueTask<bool> PlaceAsync(Session session, IEnumerable<(ContentHash Blob, BlobPlace Place)> placed)
    {
        foreach ((ContentHash blob, BlobPlace place) in placed)
        {
            session.Write(
                "INSERT INTO blob_place (blob, volume, position, length) VALUES ($blob, $volume, $position, $length)",
                ("$blob", blob.Bytes()), ("$volume", place.Volume.ToByteArray(bigEndian: true)), ("$position", place.Offset),
                ("$length", place.Length));
        }

        return ValueTask.FromResult(true);
    }
}
