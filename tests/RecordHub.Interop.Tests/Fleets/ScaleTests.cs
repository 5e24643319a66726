using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Interop.Tests.Losses;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Fleets;

/// <summary>What more workers bring on RabbitMQ and PostgreSQL, and how soon what a door took can be found.</summary>
[CancelAfter(1_800_000)]
public sealed class ScaleTests : FleetFixture
{
    private const int Cases = 8;
    private const int Senders = 8;

    // No worker is there while records come: nobody is to wait for one.
    private static readonly Dictionary<string, string> s_settings = new() { ["RECORDHUB__Fhir__FilingWaitSeconds"] = "1" };

    private static int Items { get; } = Number("RECORDHUB_SCALE_ITEMS", 160);

    private static int[] Workers { get; } = Number("RECORDHUB_SCALE_WORKERS", 2) switch
    {
        <= 1 => [1],
        2 => [1, 2],
        _ => [1, 2, 4],
    };

    [Test]
    public async Task Each_case_holds_all_of_it_however_many_workers_share_the_work(CancellationToken token)
    {
        foreach (int workers in Workers)
        {
            string folder = Directory.CreateDirectory(Path.Combine(Folder, $"{workers}")).FullName;
            await using Fleet fleet = await Fleet.StartAsync(folder, 1, s_settings, token);
            (string Number, string AeTitle)[] cases = new (string, string)[Cases];
            for (int i = 0; i < Cases; i++)
            {
                cases[i] = await fleet.OpenCaseAsync(token);
            }

            // All of it waits before the first worker is there.
            await SendAsync(fleet, cases, token);
            await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => fleet.AddWorkerAsync(token)));
            int ahead = await ChaosCount.RecordsAsync(fleet.Connection, token) ?? 0;
            long began = Stopwatch.GetTimestamp();
            await fleet.UntilIdleAsync(token);
            TimeSpan took = Stopwatch.GetElapsedTime(began);
            ChaosCount count = await ChaosCount.OfAsync(fleet.Connection, token);
            await TestContext.Out.WriteLineAsync(JsonSerializer.Serialize(new
            {
                figure = "pipeline.items_per_second",
                workers,
                items = count.Items,
                value = Math.Round((count.Items - ahead) / took.TotalSeconds, 1),
            }));

            Assert.That((count.Items, count.Filed, count.Without, count.Doubles), Is.EqualTo((Items, Items, 0, 0)));
            for (int i = 0; i < Cases; i++)
            {
                Assert.That(await InstancesOfAsync(fleet, StudyOf(i), token), Is.EqualTo((Items / Cases) - 1), "the study's last state");
            }
        }
    }

    [Test]
    public async Task What_a_door_took_is_found_within_two_seconds(CancellationToken token)
    {
        await using Fleet fleet = await Fleet.StartAsync(Folder, 1, s_settings, token);
        (string _, string aeTitle) = await fleet.OpenCaseAsync(token);
        await fleet.AddWorkerAsync(token);
        await fleet.AddWorkerAsync(token);
        List<double> visible = [];
        using SemaphoreSlim one = new(1, 1);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async sender =>
        {
            await using TestSender north = await TestSender.OpenAsync(fleet.DicomPorts[0], token, called: aeTitle);
            for (int i = 1; i <= Items / 4; i++)
            {
                string study = $"2.25.99{sender}{i:D4}";
                byte[] image = TestSender.Bytes(LossHub.Image(study, 1));
                Assert.That((await north.StoreAsync(LossHub.InstanceOf(study, 1), image, token)).Status, Is.Zero);
                long stored = Stopwatch.GetTimestamp();
                if (sender != 0)
                {
                    continue; // The load.
                }

                using PeriodicTimer look = new(TimeSpan.FromMilliseconds(20));
                while (await InstancesOfAsync(fleet, study, token) == 0)
                {
                    await look.WaitForNextTickAsync(token);
                }

                visible.Add(Stopwatch.GetElapsedTime(stored).TotalMilliseconds);
            }
        }));

        visible.Sort();
        await TestContext.Out.WriteLineAsync(JsonSerializer.Serialize(new
        {
            figure = "door_to_visible.milliseconds",
            samples = visible.Count,
            p50 = Math.Round(visible[visible.Count / 2]),
            p99 = Math.Round(visible[(int)(visible.Count * 0.99)]),
        }));
        Assert.That(visible, Has.Count.EqualTo(Items / 4));
    }

    private static string StudyOf(int i) => $"2.25.98{i}";

    // Of each case's share one is a letter, and all others are images of one study.
    private static async Task SendAsync(Fleet fleet, (string Number, string AeTitle)[] cases, CancellationToken token)
    {
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < Cases;)
            {
                await using TestSender sender = await TestSender.OpenAsync(fleet.DicomPorts[0], token, called: cases[i].AeTitle);
                for (int number = 1; number < Items / Cases; number++)
                {
                    byte[] image = TestSender.Bytes(LossHub.Image(StudyOf(i), number));
                    Assert.That((await sender.StoreAsync(LossHub.InstanceOf(StudyOf(i), number), image, token)).Status, Is.Zero);
                }
            }
        }));
        await Task.WhenAll(Enumerable.Range(0, Cases).Select(async i =>
        {
            byte[] text = Encoding.UTF8.GetBytes($"Letter {i}");
            JsonObject reference = new()
            {
                ["resourceType"] = "DocumentReference",
                ["status"] = "current",
                ["content"] = new JsonArray(new JsonObject
                {
                    ["attachment"] = new JsonObject { ["contentType"] = "text/plain", ["data"] = Convert.ToBase64String(text) },
                }),
            };
            using StringContent letter = new(reference.ToJsonString(), Encoding.UTF8, "application/fhir+json");
            using HttpRequestMessage post = new(HttpMethod.Post, $"cases/{cases[i].Number}/fhir/DocumentReference") { Content = letter };
            using HttpResponseMessage answer = await fleet.Clients[0].SendAsync(post, token);
            Assert.That((int)answer.StatusCode, Is.LessThan(300), await answer.Content.ReadAsStringAsync(token));
        }));
    }

    private static async Task<int> InstancesOfAsync(Fleet fleet, string study, CancellationToken token)
    {
        using JsonDocument bundle = JsonDocument.Parse(await fleet.Clients[0].GetStringAsync(
            $"fhir/ImagingStudy?identifier=urn:dicom:uid|urn:oid:{study}", token));
        return bundle.RootElement.TryGetProperty("entry", out JsonElement entries) && entries.GetArrayLength() == 1
            ? entries[0].GetProperty("resource").GetProperty("numberOfInstances").GetInt32() : 0;
    }
}
