using Microsoft.Data.Sqlite;
using NUnit.Framework;
using RecordHub.Storage.Sqlite;

namespace RecordHub.Storage.Tests.Sqlite;

/// <summary>What a commit writes to the log in one piece is what SQLite's own would have written.</summary>
public sealed class LogVfsTests
{
    // One page, some, and more than a piece holds.
    private static readonly int[] s_sizes = [1, 40, 3_000, 100_000, 119_000, 125_000, 400_000, 2_000_000];

    private string _folder = null!;
    private string _connection = null!;
    private SqliteSession _writer = null!;

    private string Database => Path.Combine(_folder, "log.db");

    [SetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-log-").FullName;
        _connection = $"Data Source={Database};Pooling=False";
        Own("PRAGMA journal_mode = WAL; CREATE TABLE one (n INTEGER PRIMARY KEY, value BLOB)");
        _writer = new SqliteSession(_connection, TimeSpan.FromSeconds(5), readOnly: false);
    }

    [TearDown]
    public void Remove()
    {
        _writer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Everybody_reads_a_commit_of_any_size_as_soon_as_it_is_over()
    {
        for (int n = 0; n < s_sizes.Length; n++)
        {
            Commit(n, s_sizes[n]);

            Assert.That(Lengths(Database), Is.EqualTo(s_sizes[..(n + 1)]));
        }

        AssertSound();
    }

    [Test]
    public void A_commit_is_in_the_files_when_it_is_over()
    {
        for (int n = 0; n < s_sizes.Length; n++)
        {
            Commit(n, s_sizes[n]);
            string copy = Path.Combine(_folder, $"copy{n}.db");
            File.Copy(Database, copy);
            File.Copy(Database + "-wal", copy + "-wal");

            Assert.That(Lengths(copy), Is.EqualTo(s_sizes[..(n + 1)]), "as a crash would leave them");
        }
    }

    [Test]
    public void What_a_long_transaction_takes_back_harms_nobody_who_writes_next()
    {
        Commit(0, 10);
        _writer.Execute("BEGIN IMMEDIATE");
        for (int n = 1; n < 40; n++)
        {
            // More than is kept in memory, so that some of it is in the log before the end.
            Add(n, 1_000_000);
        }

        _writer.Execute("ROLLBACK");
        Own("INSERT INTO one VALUES (100, zeroblob(20000))");
        Commit(101, 30);

        Assert.That(Lengths(Database), Is.EqualTo(new[] { 10, 20_000, 30 }));
        AssertSound();
    }

    [Test]
    public void A_transaction_that_writes_pages_more_than_once_is_whole()
    {
        _writer.Execute("BEGIN IMMEDIATE");
        for (int n = 0; n < 30; n++)
        {
            Add(n, 1_000_000);
        }

        _writer.Execute("UPDATE one SET value = zeroblob(length(value) + 1)");
        _writer.Commit();

        Assert.That(Lengths(Database), Is.EqualTo(Enumerable.Repeat(1_000_001, 30)));
        AssertSound();
    }

    [Test]
    public void Checkpoints_and_new_beginnings_of_the_log_keep_all()
    {
        // The log is written back every 4,000 pages, and then begins anew.
        for (int n = 0; n < 300; n++)
        {
            Commit(n, 100_000 + n);
        }

        Assert.That(Lengths(Database), Is.EqualTo(Enumerable.Range(100_000, 300)));
        Assert.That(new FileInfo(Database + "-wal").Length, Is.LessThan(300 * 100_000L), "the log began anew");
        AssertSound();
    }

    [Test]
    public void Two_who_write_in_turns_keep_each_others_rows()
    {
        using SqliteSession other = new(_connection, TimeSpan.FromSeconds(5), readOnly: false);
        for (int n = 0; n < 200; n++)
        {
            SqliteSession one = n % 2 == 0 ? _writer : other;
            one.Execute("BEGIN IMMEDIATE");
            one.Execute("INSERT INTO one VALUES ($n, zeroblob(5000))", ("$n", n));
            one.Commit();
            if (n % 10 == 0)
            {
                Own($"UPDATE one SET value = zeroblob(5001) WHERE n = {n}");
            }
        }

        Assert.That(Lengths(Database), Is.EqualTo(Enumerable.Range(0, 200).Select(n => n % 10 == 0 ? 5_001 : 5_000)));
        AssertSound();
    }

    [Test]
    public void A_commit_that_fails_leaves_nothing_for_the_next_one()
    {
        // What must refer to something at the commit does not.
        Own("CREATE TABLE two (one INTEGER REFERENCES one (n) DEFERRABLE INITIALLY DEFERRED)");
        _writer.Execute("PRAGMA foreign_keys = ON");
        _writer.Execute("BEGIN IMMEDIATE");
        Add(0, 50_000);
        _writer.Execute("INSERT INTO two VALUES (7)");
        Assert.Throws<SqliteException>(_writer.Commit);
        _writer.Execute("ROLLBACK");
        Commit(1, 60_000);

        Assert.That(Lengths(Database), Is.EqualTo(new[] { 60_000 }));
        AssertSound();
    }

    private void Commit(int n, int size)
    {
        _writer.Execute("BEGIN IMMEDIATE");
        Add(n, size);
        _writer.Commit();
    }

    private void Add(int n, int size)
    {
        byte[] value = new byte[size];
        new Random(n).NextBytes(value);
        _writer.Execute("INSERT INTO one VALUES ($n, $value)", ("$n", n), ("$value", value));
    }

    // By SQLite's own, as another process would.
    private void Own(string sql)
    {
        using SqliteConnection connection = new(_connection);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<int> Lengths(string database)
    {
        using SqliteConnection connection = new($"Data Source={database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT length(value) FROM one ORDER BY n";
        using SqliteDataReader reader = command.ExecuteReader();
        List<int> lengths = [];
        while (reader.Read())
        {
            lengths.Add(reader.GetInt32(0));
        }

        return lengths;
    }

    private void AssertSound()
    {
        using SqliteConnection connection = new(_connection);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        Assert.That(command.ExecuteScalar(), Is.EqualTo("ok"));
    }
}
