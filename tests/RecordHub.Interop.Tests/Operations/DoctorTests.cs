using System.Text.Json.Nodes;
using NUnit.Framework;
using RabbitMQ.Client;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Interop.Tests.Installation;
using RecordHub.Interop.Tests.Pipeline;
using RecordHub.Peers;

namespace RecordHub.Interop.Tests.Operations;

/// <summary><c>doctor</c> on real engines: what it sees of them, whole and broken.</summary>
[CancelAfter(180_000)]
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DoctorTests : IDisposable
{
    private readonly CaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task It_sees_login_virtual_host_queues_and_alarms_of_a_broker(CancellationToken token)
    {
        RabbitPeer.Require();
        await using RabbitPeer rabbit = new();
        await rabbit.UpAsync(token);

        IReadOnlyDictionary<string, string> fresh = await LookAsync(rabbit.Uri);
        IReadOnlyDictionary<string, string> stranger = await LookAsync(Change(rabbit.Uri, "guest:wrong@", string.Empty));
        IReadOnlyDictionary<string, string> elsewhere = await LookAsync(Change(rabbit.Uri, "guest:guest@", "other"));
        await LookAsync(rabbit.Uri);
        await using (RecordHubProcess hub = await RecordHubProcess.StartAsync(_folder.Data, token))
        {
            await ProcessWaits.UntilReadyAsync(hub, token);
        }

        IReadOnlyDictionary<string, string> used = await LookAsync(rabbit.Uri);
        await rabbit.ControlAsync(token, "set_vm_memory_high_watermark", "absolute", "1");
        IReadOnlyDictionary<string, string> full = await LookAsync(rabbit.Uri);
        await rabbit.ControlAsync(token, "set_vm_memory_high_watermark", "0.4");
        await MakeClassicAsync(rabbit.Uri, token);
        IReadOnlyDictionary<string, string> classic = await LookAsync(rabbit.Uri);
        await rabbit.DownAsync(token);
        IReadOnlyDictionary<string, string> away = await LookAsync(rabbit.Uri);

        Assert.That(fresh["broker queues"], Does.StartWith("ok ").And.Contain("not there yet"));
        Assert.That(stranger["broker"], Does.StartWith("!! ").And.Contain("user and password").And.Not.Contain("wrong"));
        Assert.That(elsewhere["broker"], Does.StartWith("!! ").And.Contain("no virtual host other"));
        Assert.That(used["broker queues"], Does.StartWith("ok ").And.Contain("Both are quorum queues"));
        Assert.That(used["broker alarms"], Does.StartWith("ok "));
        Assert.That(full["broker alarms"], Does.StartWith("!! ").And.Contain("low on memory"));
        Assert.That(classic["broker queues"], Does.StartWith("!! ").And.Contain("recordhub-file-item are no quorum queues"));
        Assert.That(away["broker"], Does.StartWith("!! ").And.Contain("does not answer"));
    }

    [Test]
    public async Task It_puts_reads_and_deletes_an_object_and_leaves_none(CancellationToken token)
    {
        string objects = Directory.CreateDirectory(_folder.PathOf("objects")).FullName;
        await using S3Peer peer = await S3Peer.StartAsync(objects);
        JsonObject blobs = new()
        {
            ["Uri"] = $"s3://records/a?endpoint={peer.Address}&region=local",
            ["AccessKey"] = "S3RVER",
            ["SecretKey"] = "S3RVER",
        };

        Assert.That((await _folder.RunAsync("token", "create", "--name", "first", "--role", "administrator")).ExitCode, Is.Zero);
        IReadOnlyDictionary<string, string> good = await LookAsync(new JsonObject { ["Blobs"] = blobs });
        string[] left = [.. Directory.EnumerateFiles(objects, "*doctor-*", SearchOption.AllDirectories)];
        await peer.StopAsync();
        IReadOnlyDictionary<string, string> away = await LookAsync(new JsonObject { ["Blobs"] = blobs.DeepClone() });

        Assert.That(good["object store"], Does.StartWith("ok ").And.Contain("put up with its checksum, read and deleted"));
        Assert.That(left, Is.Empty);
        Assert.That(away["object store"], Does.StartWith("!! ").And.Contain("does not answer"));
    }

    private static Uri Change(Uri broker, string user, string virtualHost) =>
        new($"amqp://{user}{broker.Host}:{broker.Port}/{virtualHost}");

    private static async Task MakeClassicAsync(Uri broker, CancellationToken token)
    {
        await using IConnection connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(token);
        await using IChannel channel = await connection.CreateChannelAsync(cancellationToken: token);
        await channel.QueueDeleteAsync("recordhub-file-item", cancellationToken: token);
        await channel.QueueDeclareAsync(
            "recordhub-file-item", durable: true, exclusive: false, autoDelete: false, cancellationToken: token);
    }

    private Task<IReadOnlyDictionary<string, string>> LookAsync(Uri broker) =>
        LookAsync(new JsonObject { ["Broker"] = new JsonObject { ["Uri"] = broker.ToString() } });

    private async Task<IReadOnlyDictionary<string, string>> LookAsync(JsonObject settings)
    {
        Directory.CreateDirectory(_folder.Data);
        await File.WriteAllTextAsync(Path.Combine(_folder.Data, "appsettings.json"), settings.ToJsonString());
        (_, string output, string error) = await _folder.RunAsync("doctor", "--json");
        Assert.That(output, Is.Not.Empty, error);
        return JsonNode.Parse(output)!.AsArray().ToDictionary(
            check => check!["check"]!.GetValue<string>(),
            check => $"{(check!["ok"]!.GetValue<bool>() ? "ok" : "!!")} {check["detail"]} {check["advice"]}");
    }
}
