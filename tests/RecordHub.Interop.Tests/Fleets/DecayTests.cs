using System.Diagnostics;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Interop.Tests.Losses;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Fleets;

/// <summary>Many small instances through door, broker and workers: whether the last go as fast as the first.</summary>
[CancelAfter(7_200_000)]
public sealed class DecayTests : FleetFixture
{
    private const int Chunks = 10;
    private const int Senders = 4;
    private const int SeriesLength = 100;
    private const long Mebibyte = 1 << 20;

    private static int Instances { get; } = Number("RECORDHUB_DECAY_INSTANCES", 400);

    [Test]
    public async Task The_last_instances_are_filed_as_the_first_were(CancellationToken token)
    {
        string blobs = Directory.CreateDirectory(Path.Combine(Folder, "blobs")).FullName;
        await using Fleet fleet = await Fleet.StartAsync(
            Folder, 1, new Dictionary<string, string> { ["RECORDHUB__Blobs__Uri"] = new Uri(blobs).AbsoluteUri }, token);
        (string _, string aeTitle) = await fleet.OpenCaseAsync(token);
        await fleet.AddWorkerAsync(token);
        await fleet.AddWorkerAsync(token);
        List<double> rates = [];
        List<long> memory = [];
        for (int chunk = 0; chunk < Chunks; chunk++)
        {
            long began = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAsync(fleet, aeTitle, chunk, sender, token)));
            double sent = Instances / (double)Chunks / Stopwatch.GetElapsedTime(began).TotalSeconds;
            await fleet.UntilIdleAsync(token);
            rates.Add(Instances / (double)Chunks / Stopwatch.GetElapsedTime(began).TotalSeconds);
            memory.Add(fleet.Nodes.Max(node => node.Memory) / Mebibyte);
            await TestContext.Progress.WriteLineAsync(JsonSerializer.Serialize(new
            {
                figure = "pipeline.chunk",
                instances = Instances / Chunks * (chunk + 1),
                acknowledgedPerSecond = Math.Round(sent, 1),
                filedPerSecond = Math.Round(rates[^1], 1),
                largestProcessMiB = memory[^1],
            }));
        }

        // The first chunk warms everything up.
        await TestContext.Out.WriteLineAsync(JsonSerializer.Serialize(new
        {
            figure = "pipeline.decay_percent",
            instances = Instances,
            value = Math.Round(100 * (1 - (rates[^1] / rates[1])), 1),
            memoryGrowthMiB = memory[^1] - memory[1],
        }));
        ChaosCount count = await ChaosCount.OfAsync(fleet.Connection, token);
        Assert.That((count.Items, count.Filed, count.Doubles), Is.EqualTo((Instances, Instances, 0)));
    }

    private static async Task SendAsync(Fleet fleet, string aeTitle, int chunk, int sender, CancellationToken token)
    {
        int share = Instances / Chunks / Senders;
        await using TestSender north = await TestSender.OpenAsync(fleet.DicomPorts[0], token, called: aeTitle);
        for (int i = 0; i < share; i++)
        {
            string study = $"2.25.97{chunk}{sender}{i / SeriesLength:D4}";
            byte[] image = TestSender.Bytes(LossHub.Image(study, i + 1));
            Assert.That((await north.StoreAsync(LossHub.InstanceOf(study, i + 1), image, token)).Status, Is.Zero);
        }
    }
}
