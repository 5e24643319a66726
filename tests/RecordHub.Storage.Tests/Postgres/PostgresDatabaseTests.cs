using System.Diagnostics;
using Npgsql;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Peers;
using RecordHub.Storage.Postgres;
using RecordHub.Storage.Sql;
using RecordHub.Storage.Tests.Contract;

namespace RecordHub.Storage.Tests.Postgres;

/// <summary>What only a server can do: be started into by many, be away, refuse, and wake others.</summary>
[CancelAfter(120_000)]
public sealed class PostgresDatabaseTests
{
    private static CancellationToken None => CancellationToken.None;

    [Test]
    public async Task Eight_processes_may_make_the_tables_of_an_empty_database_at_the_same_time()
    {
        string connection = await (await PostgresServer.PeerAsync()).CreateDatabaseAsync();
        PostgresDatabase[] databases = [.. Enumerable.Range(0, 8).Select(_ => new PostgresDatabase(connection))];

        await Task.WhenAll(databases.Select(database => Task.Run(() => database.OpenAsync(None))));

        Receipt[] receipts = await Task.WhenAll(databases.Select(database => Task.Run(() =>
            new StoreNode(database, TimeProvider.System).Items.ReceiveAsync(Make.Item("a"), None).AsTask())));
        Assert.That(receipts.Count(receipt => receipt is Receipt.New), Is.EqualTo(1));
        DatabaseFindings found = await DatabaseProbe.LookAsync(connection, TimeProvider.System, null, None);
        Assert.That(found.MissingScripts, Is.Zero);
        Assert.That(found.ClockAhead.Duration(), Is.LessThan(TimeSpan.FromSeconds(5)));
        await EndAsync(connection, databases);
    }

    [Test]
    public async Task A_process_takes_some_connections_and_compiles_no_statement_unless_it_is_told_otherwise()
    {
        string connection = await PostgresServer.NewDatabaseAsync();
        PostgresDatabase database = new(connection);
        PostgresDatabase told = new($"{connection};MaxPoolSize=7;Options=-c jit=on;Application Name=other");

        Assert.That(await SaidAsync(database), Is.EqualTo("recordhub off"));
        Assert.That(await SaidAsync(told), Is.EqualTo("other on"));
        Assert.That(new NpgsqlConnectionStringBuilder(PostgresDatabase.WithDefaults(connection)).MaxPoolSize, Is.EqualTo(40));
        Assert.That(new NpgsqlConnectionStringBuilder(PostgresDatabase.WithDefaults($"{connection};MaxPoolSize=7")).MaxPoolSize, Is.EqualTo(7));
        await EndAsync(connection, database, told);

        static async Task<string> SaidAsync(PostgresDatabase one) => (await one.ReadAsync(
            session => session.QueryAsync(
                "SELECT current_setting('application_name') || ' ' || current_setting('jit')", static row => row.GetString(0)), None))
            .Single();
    }

    // One that compares by a language is looked for without the other's index.
    [Test]
    public async Task Every_text_compares_by_its_bytes()
    {
        string connection = await PostgresServer.NewDatabaseAsync();
        PostgresDatabase database = new(connection);
        await database.OpenAsync(None);

        List<string> others = await database.ReadAsync(
            session => session.QueryAsync(
                """
                SELECT table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema = current_schema() AND data_type = 'text' AND domain_name IS DISTINCT FROM 'ctext'
                """,
                static row => row.GetString(0)),
            None);

        Assert.That(others, Is.Empty);
        await EndAsync(connection, database);
    }

    [Test]
    public async Task A_waiter_of_another_process_is_woken_by_a_receipt()
    {
        string connection = await PostgresServer.NewDatabaseAsync();
        PostgresDatabase door = new(connection);
        PostgresDatabase worker = new(connection);
        StoreNode waiting = new(worker, TimeProvider.System);

        // The first wait begins to listen, and ends as soon as it does.
        await waiting.Outbox.WaitAsync(TimeSpan.FromHours(1), None);
        Task woken = waiting.Outbox.WaitAsync(TimeSpan.FromHours(1), None);
        await new StoreNode(door, TimeProvider.System).Items.ReceiveAsync(Make.Item("a"), None);

        await woken.WaitAsync(TimeSpan.FromSeconds(30));
        await EndAsync(connection, door, worker);
    }

    [Test]
    public async Task A_server_that_is_away_is_said_to_be_and_found_again_by_itself()
    {
        PostgresPeer.Require();
        await using PostgresPeer peer = new();
        await peer.UpAsync();
        string connection = await peer.CreateDatabaseAsync();
        await using PostgresDatabase database = new(connection);
        StoreNode node = new(database, TimeProvider.System);
        await node.OpenAsync();
        await node.Items.ReceiveAsync(Make.Item("before"), None);

        await peer.DownAsync("QUIT");
        StorageAwayException away = Assert.ThrowsAsync<StorageAwayException>(
            () => node.Items.ReceiveAsync(Make.Item("meanwhile"), None).AsTask())!;
        Assert.ThrowsAsync<StorageAwayException>(() => node.Outbox.CountAsync(None));
        StorageUnavailableException unreachable = Assert.ThrowsAsync<StorageUnavailableException>(
            () => DatabaseProbe.LookAsync(connection, TimeProvider.System, null, None))!;
        await peer.UpAsync();

        Assert.That(await node.Items.ReceiveAsync(Make.Item("meanwhile"), None), Is.InstanceOf<Receipt.New>());
        Assert.That(await node.Outbox.CountAsync(None), Is.EqualTo(2));
        Assert.That(unreachable.Message, Does.Contain("does not answer"));
        Assert.That($"{away} {unreachable}", Does.Not.Contain(PostgresPeer.Password));
    }

    // Otherwise what is filed just then would be called unreadable.
    [TestCase("statement_timeout=50", "57014")]
    [TestCase("default_transaction_read_only=on", "25006")]
    public async Task What_a_server_refuses_is_not_the_records_fault(string setting, string state)
    {
        string connection = await PostgresServer.NewDatabaseAsync();
        PostgresDatabase database = new($"{connection};Options=-c {setting}");

        StorageAwayException refused = Assert.ThrowsAsync<StorageAwayException>(() => database.WriteAsync(
            static async session =>
            {
                await session.ExecuteAsync("UPDATE shared_key SET value = value").ConfigureAwait(false);
                return await session.NumberAsync("SELECT 1 FROM pg_sleep(30)").ConfigureAwait(false);
            },
            None))!;

        Assert.That(refused.Message, Does.Contain(state));
        await EndAsync(connection, database);
    }

    [TestCase("Password=wrong", "user name and password")]
    [TestCase("Username=nobody", "user name and password")]
    [TestCase("Database=nowhere", "createdb")]
    public async Task A_database_that_cannot_be_used_says_what_to_do_and_no_password(string wrong, string advice)
    {
        string connection = (await PostgresServer.PeerAsync()).Connection("postgres") + ";" + wrong;
        await using PostgresDatabase database = new(connection);

        StorageUnavailableException refused = Assert.ThrowsAsync<StorageUnavailableException>(() => database.OpenAsync(None))!;

        Assert.That(refused.Message, Does.Contain(advice));
        Assert.That(refused.ToString(), Does.Not.Contain(PostgresPeer.Password).And.Not.Contain("wrong"));
    }

    [Test]
    public async Task A_database_of_another_encoding_is_refused()
    {
        PostgresPeer peer = await PostgresServer.PeerAsync();
        string connection = await peer.CreateDatabaseAsync(options: "ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0");
        await using PostgresDatabase database = new(connection);

        Assert.That(
            Assert.ThrowsAsync<StorageUnavailableException>(() => database.OpenAsync(None))!.Message,
            Does.Contain("SQL_ASCII").And.Contain("UTF8"));
    }

    [Test]
    public async Task A_write_that_fails_leaves_nothing_and_the_next_one_is_as_good_as_any()
    {
        string connection = await PostgresServer.NewDatabaseAsync();
        PostgresDatabase database = new(connection);

        Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync<int>(
            async session =>
            {
                await session.ExecuteAsync("INSERT INTO spare_blob (blob, since) VALUES ($blob, 1)", ("$blob", new byte[32]));
                throw new InvalidOperationException("no");
            },
            None));

        Assert.That(
            await database.ReadAsync(session => session.NumberAsync("SELECT COUNT(*) FROM spare_blob"), None), Is.Zero);
        await EndAsync(connection, database);
    }

    [Test]
    public async Task A_filing_of_a_thousand_resources_is_a_few_round_trips()
    {
        string connection = await PostgresServer.NewDatabaseAsync();
        PostgresDatabase database = new(connection);
        StoreNode node = new(database, TimeProvider.System);
        ReceivedItem item = Make.Item("a");
        await node.Items.ReceiveAsync(item, None);
        StoredResource[] resources = [.. Enumerable.Range(0, 1000).Select(n => Make.Resource(
            "Observation", $"o{n}", index: new IndexEntry("code", IndexKind.Token, "urn:s", $"c{n}")))];
        int trips = 0;
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = _ => Interlocked.Increment(ref trips),
        };
        ActivitySource.AddActivityListener(listener);

        await node.Items.SaveAsync(Make.Filing(item, 1) with { Resources = resources }, None);

        Assert.That(trips, Is.InRange(3, 20));
        await EndAsync(connection, database);
    }

    private static async Task EndAsync(string connection, params Database[] databases)
    {
        foreach (Database database in databases)
        {
            await database.DisposeAsync();
        }

        await PostgresServer.DropAsync(connection);
    }
}
