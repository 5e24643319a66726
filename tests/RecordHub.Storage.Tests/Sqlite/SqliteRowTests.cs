using NUnit.Framework;
using RecordHub.Storage.Sql;
using RecordHub.Storage.Sqlite;

namespace RecordHub.Storage.Tests.Sqlite;

/// <summary>What is read of rows, one after the other.</summary>
public sealed class SqliteRowTests
{
    private string _folder = null!;
    private SqliteSession _session = null!;

    [SetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-rows-").FullName;
        _session = new SqliteSession($"Data Source={Path.Combine(_folder, "rows.db")};Pooling=False", TimeSpan.FromSeconds(1), readOnly: false);
        _session.Execute("CREATE TABLE one (n INTEGER PRIMARY KEY, value)");
    }

    [TearDown]
    public void Remove()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_text_reads_as_it_was_written_whatever_the_row_before_said()
    {
        string?[] texts =
        [
            "Muster", "Muster", "Müster", "Müster", "Muster", "", "", null, "Muster", "Muste", "Musterr", "a\0b", "a\0b", "a", "山田", "1",
        ];
        Add([.. texts.Select(text => (SqlValue)text)]);

        Assert.That(await ReadAsync(static row => row.GetText(0)), Is.EqualTo(texts));
        Assert.That(await ReadAsync(static row => row.GetText(0)), Is.EqualTo(texts), "the statement once more");
    }

    [Test]
    public async Task Rows_that_say_the_same_share_one_string()
    {
        Add(["urn:north", "urn:north", "urn:south"]);

        List<string> texts = await ReadAsync(static row => row.GetString(0));

        Assert.That(texts[1], Is.SameAs(texts[0]));
        Assert.That(texts[2], Is.EqualTo("urn:south"));
        Assert.That(await ReadAsync(static row => row.GetString(0)), Has.ItemAt(0).Not.SameAs(texts[0]), "nothing is kept");
    }

    [Test]
    public async Task Numbers_and_bytes_read_as_they_are()
    {
        Add([7L, long.MaxValue, true, new byte[] { 1, 2 }, Array.Empty<byte>()]);

        Assert.That(
            await ReadAsync(static row => row.GetBytes(0).Length), Is.EqualTo(new[] { 1, 19, 1, 2, 0 }), "numbers as their digits");
        Assert.That(
            (await ReadAsync(static row => row.GetString(0))).Take(3), Is.EqualTo(new[] { "7", "9223372036854775807", "1" }));
        Assert.That(await FirstAsync(static row => (row.GetInt32(0), row.GetBoolean(0))), Is.EqualTo((7, true)));
        Assert.ThrowsAsync<OverflowException>(() => ReadAsync(static row => row.GetInt32(0)));
    }

    [Test]
    public void What_has_no_value_is_said_and_the_statement_serves_on()
    {
        Add([default]);

        Assert.ThrowsAsync<InvalidCastException>(() => ReadAsync(static row => row.GetString(0)));
        Assert.ThrowsAsync<InvalidCastException>(() => ReadAsync(static row => row.GetInt64(0)));
        Assert.ThrowsAsync<InvalidCastException>(() => ReadAsync(static row => row.GetBytes(0).ToArray()));
        Assert.That(_session.Execute("DELETE FROM one"), Is.EqualTo(1), "no read is left open");
    }

    private void Add(SqlValue[] values) => _session.Insert("one", "n, value", [.. values.Select((value, n) => new SqlValue[] { n, value })]);

    private async Task<List<T>> ReadAsync<T>(Func<Row, T> map) =>
        await _session.QueryAsync("SELECT value FROM one ORDER BY n", map);

    private async Task<T?> FirstAsync<T>(Func<Row, T> map) => await _session.FirstAsync("SELECT value FROM one ORDER BY n", map);
}
