using NUnit.Framework;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>What was acknowledged is there after a power cut, once.</summary>
[CancelAfter(600_000)]
public sealed class KillTests
{
    private const int Cases = 10;
    private string _folder = string.Empty;

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("RECORDHUB_KILLS"), out int kills) ? kills : 10;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("kill-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Every_acknowledged_instance_is_there_exactly_once_after_kill_nine(CancellationToken token)
    {
        string data = Path.Combine(_folder, "data");
        string records = Path.Combine(_folder, "records");
        HashSet<string> acknowledged = new(StringComparer.Ordinal);
        await using (RecordHubProcess first = await RecordHubProcess.StartAsync(data, token))
        {
            await Deliveries.PrepareAsync(first, records, Cases, token);
        }

        Random random = new(20260101);
        for (int kill = 0; kill < Kills; kill++)
        {
            await using RecordHubProcess hub = await RecordHubProcess.StartAsync(data, token);
            await Deliveries.PushAsync(hub, records, random.Next(5, 600), hub.KillAsync, acknowledged, token);
            await hub.KillAsync();
        }

        // What the kills cut off comes again, as a sender does it that was not answered.
        await using RecordHubProcess last = await RecordHubProcess.StartAsync(data, token);
        await Deliveries.PushAsync(last, records, acknowledged, token);
        await ProcessWaits.UntilIdleAsync(last, token);
        IReadOnlyList<string> present = await Deliveries.InstancesAsync(last, token);

        Assert.That(acknowledged, Has.Count.GreaterThanOrEqualTo(600));
        Assert.That(acknowledged.Except(present), Is.Empty);
        Assert.That(present, Is.Unique);
    }
}
