using Npgsql;
using NUnit.Framework;
using RecordHub.Peers;
using RecordHub.Storage.Postgres;

namespace RecordHub.Storage.Tests;

/// <summary>One PostgreSQL for all tests of this assembly, started by the first that needs it; each has a database of its own.</summary>
[SetUpFixture]
public sealed class PostgresServer
{
    private static readonly Lazy<Task<(PostgresPeer Peer, string Template)>> s_started = new(StartAsync);

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (s_started.IsValueCreated)
        {
            await (await s_started.Value).Peer.DisposeAsync();
        }
    }

    /// <summary>A database with our tables and nothing in them; passes the test over when there is no PostgreSQL.</summary>
    internal static async Task<string> NewDatabaseAsync()
    {
        PostgresPeer.Require();
        (PostgresPeer peer, string template) = await s_started.Value;
        return await peer.CreateDatabaseAsync($"TEMPLATE {template} STRATEGY file_copy");
    }

    /// <summary>The server, for tests that need more of it than a database.</summary>
    internal static async Task<PostgresPeer> PeerAsync()
    {
        PostgresPeer.Require();
        return (await s_started.Value).Peer;
    }

    internal static async Task DropAsync(string connection) =>
        await (await s_started.Value).Peer.DropDatabaseAsync(connection);

    private static async Task<(PostgresPeer Peer, string Template)> StartAsync()
    {
        PostgresPeer peer = new();
        await peer.UpAsync();
        string template = await peer.CreateDatabaseAsync();
        await using PostgresDatabase database = new(template);
        await database.OpenAsync(CancellationToken.None);
        return (peer, new NpgsqlConnectionStringBuilder(template).Database!);
    }
}
