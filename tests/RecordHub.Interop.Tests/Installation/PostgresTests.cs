using System.Net;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Peers;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>The installed service over PostgreSQL: the whole story, and what was acknowledged whatever is killed.</summary>
[CancelAfter(600_000)]
[NonParallelizable]
public sealed class PostgresTests
{
    private const int Cases = 3;
    private const int Instances = 180;
    private string _folder = string.Empty;
    private PostgresPeer _postgres = null!;

    [SetUp]
    public async Task StartAsync()
    {
        PostgresPeer.Require();
        _folder = Directory.CreateTempSubdirectory("postgres-hub-").FullName;
        _postgres = new PostgresPeer();
        await _postgres.UpAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Test]
    public async Task The_demo_tells_its_whole_story_and_doctor_finds_nothing_wrong(CancellationToken token)
    {
        string data = await DataFolderAsync("demo");

        (int exitCode, string output, string error) = await RecordHubProcess.CommandAsync(
            token, "demo", "--exit", "--data", data);
        (_, string checks, _) = await RecordHubProcess.CommandAsync(token, "doctor", "--data", data, "--json");

        Assert.That(exitCode, Is.Zero, output + error);
        JsonElement[] database = [.. JsonDocument.Parse(checks).RootElement.EnumerateArray()
            .Where(check => check.GetProperty("check").GetString()!.StartsWith("database", StringComparison.Ordinal))];
        Assert.That(database.Select(check => check.GetProperty("ok").GetBoolean()), Is.EqualTo([true, true, true]), checks);
        Assert.That(output + error + checks, Does.Not.Contain(PostgresPeer.Password));
        Assert.That(File.Exists(Path.Combine(data, "recordhub.db")), Is.False);
    }

    [Test]
    public async Task What_was_acknowledged_is_there_once_though_the_service_and_the_server_are_killed(CancellationToken token)
    {
        string one = await DataFolderAsync("one");
        string records = Path.Combine(_folder, "records");
        HashSet<string> acknowledged = new(StringComparer.Ordinal);
        await using (RecordHubProcess hub = await RecordHubProcess.StartAsync(one, token))
        {
            await Deliveries.PrepareAsync(hub, records, Cases, token);
            await Deliveries.PushAsync(hub, records, 40, hub.KillAsync, acknowledged, token);
        }

        await using RecordHubProcess last = await RecordHubProcess.StartAsync(one, token);
        await Deliveries.PushAsync(last, records, 60, () => _postgres.DownAsync("QUIT"), acknowledged, token);
        using (HttpResponseMessage away = await last.Client.GetAsync("health/ready", token))
        {
            Assert.That(away.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(away.Headers.RetryAfter, Is.Not.Null);
        }

        await _postgres.UpAsync();
        await Deliveries.PushAsync(last, records, acknowledged, token);
        await ProcessWaits.UntilIdleAsync(last, token);
        IReadOnlyList<string> present = await Deliveries.InstancesAsync(last, token);

        Assert.That(acknowledged, Has.Count.GreaterThanOrEqualTo(Instances));
        Assert.That(acknowledged.Except(present), Is.Empty);
        Assert.That(present, Is.Unique);
        Assert.That(last.Log, Does.Not.Contain(PostgresPeer.Password));
    }

    private async Task<string> DataFolderAsync(string name)
    {
        string data = Path.Combine(_folder, name);
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(
            Path.Combine(data, "appsettings.json"),
            JsonSerializer.Serialize(new { Database = new { Connection = await _postgres.CreateDatabaseAsync() } }));
        return data;
    }
}
