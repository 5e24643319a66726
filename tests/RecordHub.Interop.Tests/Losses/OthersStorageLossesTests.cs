using System.Net.Http.Headers;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Dicom.Files;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Interop.Tests.Installation;
using RecordHub.Interop.Tests.Pipeline;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Losses;

/// <summary>How other receivers lost or multiplied what they had acknowledged: each as a test of ours.</summary>
[CancelAfter(600_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OthersStorageLossesTests : IDisposable
{
    private const string Study = "2.25.7701";
    private readonly string _folder = Directory.CreateTempSubdirectory("losses-").FullName;

    private string Data => Path.Combine(_folder, "data");

    private static int Rounds => int.TryParse(
        Environment.GetEnvironmentVariable("RECORDHUB_FIRST_OBJECT_ROUNDS"), out int rounds) ? rounds : 5;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Acknowledged_from_memory_and_then_lost(CancellationToken token)
    {
        const int kills = 4;
        LossHub hub = await LossHub.StartAsync(Data, token);
        for (int number = 1; number <= kills; number++)
        {
            await using (TestSender sender = await hub.SenderAsync(token))
            {
                await LossHub.StoreAsync(sender, Study, number, token);
                await hub.Process.KillAsync(); // With the answer just read.
            }

            await hub.DisposeAsync();
            hub = await hub.RestartAsync(token);
        }

        await using (hub)
        {
            Assert.That(
                await hub.InstancesAsync(token),
                Is.EquivalentTo(Enumerable.Range(1, kills).Select(number => LossHub.InstanceOf(Study, number).ToString())));
        }
    }

    [Test]
    [NonParallelizable]
    public async Task Payload_deleted_when_RabbitMQ_was_down(CancellationToken token)
    {
        RabbitPeer.Require();
        await using RabbitPeer rabbit = new();
        await rabbit.UpAsync(token);
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(
            Path.Combine(Data, "appsettings.json"),
            JsonSerializer.Serialize(new { Broker = new { Uri = rabbit.Uri.ToString() } }), token);
        await using LossHub hub = await LossHub.StartAsync(Data, token);
        await rabbit.DownAsync(token);

        await using TestSender sender = await hub.SenderAsync(token);
        byte[] sent = await LossHub.StoreAsync(sender, Study, 1, token);
        await rabbit.UpAsync(token);

        Assert.That(await hub.InstancesAsync(token), Has.Count.EqualTo(1));
        Assert.That(DcmtkFiles.DataSetOf(await RetrieveAsync(hub, 1, token)), Is.EqualTo(sent));
    }

    [Test]
    public async Task The_same_uid_sent_twice_in_a_row_deleted_the_file(CancellationToken token)
    {
        await using LossHub hub = await LossHub.StartAsync(Data, token);
        await using TestSender sender = await hub.SenderAsync(token);
        byte[] sent = await LossHub.StoreAsync(sender, Study, 1, token);
        await LossHub.StoreAsync(sender, Study, 1, token);
        Assert.That(await hub.InstancesAsync(token), Has.Count.EqualTo(1));
        await LossHub.StoreAsync(sender, Study, 1, token);

        Assert.That(await hub.InstancesAsync(token), Has.Count.EqualTo(1));
        Assert.That(DcmtkFiles.DataSetOf(await RetrieveAsync(hub, 1, token)), Is.EqualTo(sent));
    }

    [Test]
    public async Task Two_first_objects_of_a_new_patient_at_once_made_two_patients(CancellationToken token)
    {
        const int objects = 64;
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(Data, token);
        for (int round = 1; round <= Rounds; round++)
        {
            string study = $"2.25.66{round:D4}";
            string id = $"R{round}";
            string title = (await LossHub.OpenCaseAsync(hub, id, token)).GetProperty("aeTitle").GetString()!;
            TestSender[] senders = await Task.WhenAll(
                Enumerable.Range(0, objects).Select(_ => TestSender.OpenAsync(hub.Dicom.Port, token, called: title)));
            await Task.WhenAll(senders.Select(async (sender, i) =>
            {
                await using (sender)
                {
                    Assert.That(
                        (await sender.StoreAsync(
                            LossHub.InstanceOf(study, i + 1), TestSender.Bytes(LossHub.Image(study, i + 1, id)), token)).Status,
                        Is.Zero);
                }
            }));
            await ProcessWaits.UntilIdleAsync(hub, token);

            Assert.That(await LossHub.CountAsync(hub, $"Patient?identifier=urn:north|{id}", token), Is.EqualTo(1), id);
            Assert.That(
                await LossHub.CountAsync(hub, $"ImagingStudy?identifier=urn:dicom:uid|urn:oid:{study}", token),
                Is.EqualTo(1), study);
            using JsonDocument instances = JsonDocument.Parse(
                await hub.Client.GetStringAsync($"dicomweb/studies/{study}/instances?limit=500", token));
            Assert.That(instances.RootElement.GetArrayLength(), Is.EqualTo(objects), study);
        }
    }

    [Test]
    public async Task Storing_again_by_STOW_doubled_instances(CancellationToken token)
    {
        await using LossHub hub = await LossHub.StartAsync(Data, token);
        byte[][] files = [.. Enumerable.Range(1, 10).Select(number => DicomFileWriter.ToBytes(LossHub.Image(Study, number)))];
        for (int time = 0; time < 3; time++)
        {
            using MultipartContent body = new("related");
            body.Headers.ContentType!.Parameters.Add(new NameValueHeaderValue("type", "\"application/dicom\""));
            foreach (byte[] file in files)
            {
                ByteArrayContent part = new(file);
                part.Headers.ContentType = new MediaTypeHeaderValue("application/dicom");
                body.Add(part);
            }

            using HttpResponseMessage answer = await hub.Process.Client.PostAsync(
                $"cases/{hub.Case}/dicomweb/studies", body, token);
            Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync(token));
        }

        Assert.That(await hub.InstancesAsync(token), Has.Count.EqualTo(10).And.Unique);
        using JsonDocument study = JsonDocument.Parse(
            await hub.Process.Client.GetStringAsync($"dicomweb/studies?StudyInstanceUID={Study}", token));
        Assert.That(
            study.RootElement.EnumerateArray().Single().GetProperty("00201208").GetProperty("Value")[0].GetInt32(),
            Is.EqualTo(10));
    }

    private static async Task<byte[]> RetrieveAsync(LossHub hub, int number, CancellationToken token)
    {
        using HttpRequestMessage ask = new(
            HttpMethod.Get, $"dicomweb/studies/{Study}/series/{Study}.1/instances/{LossHub.InstanceOf(Study, number)}");
        ask.Headers.Accept.ParseAdd("application/dicom; transfer-syntax=*");
        using HttpResponseMessage answer = await hub.Process.Client.SendAsync(ask, token);
        Assert.That(answer.IsSuccessStatusCode, Is.True, $"{answer.StatusCode}");
        return await answer.Content.ReadAsByteArrayAsync(token);
    }
}
