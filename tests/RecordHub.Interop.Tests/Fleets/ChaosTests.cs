using System.Collections.Concurrent;
using System.Diagnostics;
using NUnit.Framework;
using RecordHub.Interop.Tests.Dicom;

namespace RecordHub.Interop.Tests.Fleets;

/// <summary>
/// Two doors and two workers on real engines: processes are killed and engines go away while records come. At the end each
/// record that was acknowledged has one outcome, once.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ChaosTests : FleetFixture
{
    private const int Doors = 2;

    // So small that what waits for the object store is full long before it is back.
    private static readonly Dictionary<string, string> s_settings = new() { ["RECORDHUB__Blobs__MaxSpoolBytes"] = $"{1 << 20}" };
    private static readonly TimeSpan s_recovery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<Engine, TimeSpan> _recoveries = new();
    private readonly HashSet<Engine> _away = [];
    private int _outages;

    private static IEnumerable<int> Seeds => Enumerable.Range(
        Number("RECORDHUB_CHAOS_FIRST", 2), Number("RECORDHUB_CHAOS_SEEDS", 1));

    [TestCaseSource(nameof(Seeds))]
    public async Task What_was_acknowledged_has_one_outcome_whatever_happens(int seed)
    {
        using CancellationTokenSource limit = new(s_limit);
        CancellationToken token = limit.Token;
        await using Fleet fleet = await Fleet.StartAsync(Folder, Doors, s_settings, token);
        await fleet.AddWorkerAsync(token);
        await fleet.AddWorkerAsync(token);
        ChaosPlan plan = ChaosPlan.Of(seed, Number("RECORDHUB_CHAOS_WHOLE", 0) == 1, fleet.Nodes.Count);
        ChaosSenders senders = new(fleet, plan, await fleet.OpenCaseAsync(token));

        Task sending = senders.RunAsync(token);
        await Task.WhenAll(plan.Mishaps.Select(mishap => HappenAsync(fleet, senders, mishap, token)));
        await sending;
        long drained = Stopwatch.GetTimestamp();
        await fleet.UntilIdleAsync(token);
        TimeSpan drain = Stopwatch.GetElapsedTime(drained);
        ChaosCount count = await ChaosCount.OfAsync(fleet.Connection, token);

        await TestContext.Out.WriteLineAsync(
            $"seed {seed}: {senders.Acknowledged.Count} instances and {senders.Documents.Count} documents acknowledged = "
            + $"{count.Filed} filed + {count.Held} held + {count.Rejected} rejected; {senders.Refused.Count} refused at the door; "
            + $"{count.Doubles} doubles; {plan.Mishaps.Count(mishap => mishap.Away is null)} kills, "
            + $"{fleet.Nodes.Sum(node => node.Starts)} starts; told to come again: "
            + string.Join(", ", senders.Again.Select(pair => $"{pair.Value} {pair.Key}")) + "; work after an engine's return: "
            + string.Join(", ", _recoveries.Select(pair => $"{pair.Key} {pair.Value.TotalSeconds:F1} s"))
            + $"; idle {drain.TotalSeconds:F1} s after the last answer");
        Assert.That(senders.Acknowledged.Count + senders.Refused.Count, Is.EqualTo(plan.Instances));
        Assert.That(senders.Refused.Values, Is.All.Not.Empty);
        Assert.That(senders.Documents, Has.Count.EqualTo(plan.Documents));
        Assert.That(senders.Acknowledged.Keys.Except(count.SopInstanceUids), Is.Empty, "acknowledged and lost");
        Assert.That(senders.Documents.Values.Except(count.ItemIds), Is.Empty, "acknowledged and lost");
        Assert.That(count.SopInstanceUids.Except(senders.Acknowledged.Keys), Is.Empty, "there, though refused");
        Assert.That(count.Items, Is.EqualTo(senders.Acknowledged.Count + senders.Documents.Values.Distinct().Count()));
        Assert.That(count.Filed + count.Held + count.Rejected, Is.EqualTo(count.Items));
        Assert.That(count.GivenUp, Is.Empty, () => string.Join('\n', fleet.Nodes.Select(node => node.Failures)));
        Assert.That((count.Without, count.Doubles), Is.EqualTo((0, 0)));
        Assert.That(_recoveries.Values, Is.All.LessThan(s_recovery));
        await ReadBackAsync(fleet, senders, token);
    }

    private async Task HappenAsync(Fleet fleet, ChaosSenders senders, Mishap mishap, CancellationToken token)
    {
        await Timetable.PassAsync(mishap.At, token);
        if (mishap.Away is not { } engine)
        {
            fleet.Nodes[mishap.Node].Kill();
            return;
        }

        lock (_away)
        {
            _away.Add(engine);
            _outages++;
        }

        await fleet.DownAsync(engine, token);
        await Timetable.PassAsync(mishap.For, token);
        await fleet.UpAsync(engine, token);
        int outages;
        lock (_away)
        {
            _away.Remove(engine);
            outages = _away.Count == 0 ? _outages : -1;
        }

        await WatchAsync(fleet, senders, engine, outages, token);
    }

    /// <summary>How long it takes until records are answered and worked on again, unless something else goes away.</summary>
    private async Task WatchAsync(Fleet fleet, ChaosSenders senders, Engine engine, int outages, CancellationToken token)
    {
        long back = Stopwatch.GetTimestamp();
        int answers = senders.Answers;
        int? records = await ChaosCount.RecordsAsync(fleet.Connection, token);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(token))
        {
            lock (_away)
            {
                if (outages != _outages)
                {
                    return;
                }
            }

            int? now = await ChaosCount.RecordsAsync(fleet.Connection, token);
            records ??= now;
            if (senders.Answers > answers && now > records)
            {
                _recoveries[engine] = Stopwatch.GetElapsedTime(back);
                return;
            }
        }
    }

    private static async Task ReadBackAsync(Fleet fleet, ChaosSenders senders, CancellationToken token)
    {
        int compared = 0;
        foreach ((string uid, byte[] sent) in senders.Acknowledged.Where(pair => !pair.Key.EndsWith('0')))
        {
            string[] parts = uid.Split('.');
            string study = string.Join('.', parts[..3]);
            using HttpRequestMessage ask = new(
                HttpMethod.Get, $"dicomweb/studies/{study}/series/{study}.1/instances/{uid}");
            ask.Headers.Accept.ParseAdd("application/dicom; transfer-syntax=*");
            using HttpResponseMessage answer = await fleet.Clients[compared % fleet.Clients.Count].SendAsync(ask, token);
            Assert.That((int)answer.StatusCode, Is.EqualTo(200), uid);
            byte[] file = await answer.Content.ReadAsByteArrayAsync(token);
            Assert.That(DcmtkFiles.DataSetOf(file).AsSpan().SequenceEqual(sent), Is.True, uid);
            compared++;
        }

        Assert.That(compared, Is.GreaterThan(senders.Acknowledged.Count / 2));
    }
}
