using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using NUnit.Framework;

namespace RecordHub.Peers;

/// <summary>A private PostgreSQL on loopback, started and stopped by the scripts beside this file.</summary>
public sealed class PostgresPeer : IAsyncDisposable
{
    /// <summary>What must stand in no log.</summary>
    public const string Password = "p4ss-of-the-tests";

    private readonly string _folder = Directory.CreateTempSubdirectory("recordhub-postgres-").FullName;
    private readonly int _port = FreePort();
    private int _databases;

    /// <summary>Where the server keeps its tables.</summary>
    public string Tables => Path.Combine(_folder, "data", "base");

    /// <summary>Passes the test over, or fails it where every peer must be there, when PostgreSQL is not installed.</summary>
    public static void Require()
    {
        if (!Directory.Exists("/usr/lib/postgresql"))
        {
            const string missing = "PostgreSQL is not installed (Debian package postgresql).";
            Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Not.EqualTo("true"), missing);
            Assert.Ignore(missing);
        }
    }

    public async Task UpAsync() =>
        Assert.That(await RunAsync("pg-up.sh", _folder, $"{_port}"), Is.Zero, "PostgreSQL did not start");

    /// <summary>Stops it, as a power cut would with the signal QUIT.</summary>
    public Task DownAsync(string signal = "INT") => RunAsync("pg-down.sh", _folder, signal);

    /// <summary>A new database; gives its connection string.</summary>
    /// <param name="options">What CREATE DATABASE is told besides.</param>
    public async Task<string> CreateDatabaseAsync(string options = "")
    {
        string name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name} {options}");
        return Connection(name);
    }

    public Task DropDatabaseAsync(string connection) =>
        ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");

    public string Connection(string database) =>
        $"Host=127.0.0.1;Port={_port};Username=recordhub;Password={Password};Database={database}";

    public async ValueTask DisposeAsync()
    {
        await DownAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using NpgsqlConnection connection = new(Connection("postgres"));
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    // Its output is not read: what it starts keeps it open.
    private static async Task<int> RunAsync(string script, params string[] arguments)
    {
        ProcessStartInfo start = new("/bin/bash", [Path.Combine(Scripts(), script), .. arguments]);
        start.Environment["RECORDHUB_POSTGRES_PASSWORD"] = Password;
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static string Scripts()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RecordHub.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("RecordHub.sln is in no folder above the tests.");
        }

        return Path.Combine(folder.FullName, "tests", "peers");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
