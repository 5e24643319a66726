using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Dicom.Network;
using RecordHub.Interop.Tests.Losses;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Fleets;

/// <summary>What a door says and does while an engine is away, one after the other.</summary>
[CancelAfter(300_000)]
public sealed class EngineAwayTests : FleetFixture
{
    private const string Study = "2.25.7706";

    [Test]
    public async Task A_door_says_which_part_is_away_and_takes_what_it_can(CancellationToken token)
    {
        await using Fleet fleet = await Fleet.StartAsync(Folder, 1, new Dictionary<string, string>(), token);
        (string _, string aeTitle) = await fleet.OpenCaseAsync(token);
        await fleet.AddWorkerAsync(token);
        await UntilAsync(fleet, HttpStatusCode.OK, null, token);
        await using TestSender sender = await TestSender.OpenAsync(fleet.DicomPorts[0], token, called: aeTitle);

        // Only workers speak to the broker. Without the objects it takes everything, too; without the database nothing.
        await fleet.DownAsync(Engine.Broker, token);
        await UntilAsync(fleet, HttpStatusCode.OK, null, token);
        Assert.That(await StoreAsync(sender, 1, token), Is.EqualTo(DimseStatus.Success));
        await fleet.UpAsync(Engine.Broker, token);

        await fleet.DownAsync(Engine.Objects, token);
        Assert.That(await StoreAsync(sender, 2, token), Is.EqualTo(DimseStatus.Success), "it waits in the spool");
        await UntilAsync(fleet, HttpStatusCode.OK, "objectStore", token);
        await fleet.UpAsync(Engine.Objects, token);

        await fleet.DownAsync(Engine.Database, token);
        await UntilAsync(fleet, HttpStatusCode.ServiceUnavailable, "database", token);
        Assert.That(await StoreAsync(sender, 3, token), Is.EqualTo(0xA700));
        using StringContent letter = new("A letter.", Encoding.UTF8, "text/plain");
        using HttpResponseMessage refused = await fleet.Clients[0].PostAsync("api/import?name=a.txt", letter, token);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
        await fleet.UpAsync(Engine.Database, token);

        await UntilAsync(fleet, HttpStatusCode.OK, null, token);
        Assert.That(await StoreAsync(sender, 3, token), Is.EqualTo(DimseStatus.Success), "on the same association");
        await fleet.UntilIdleAsync(token);
        ChaosCount count = await ChaosCount.OfAsync(fleet.Connection, token);
        Assert.That((count.Items, count.Filed), Is.EqualTo((3, 3)));
    }

    private static async Task<int> StoreAsync(TestSender sender, int number, CancellationToken token) =>
        (await sender.StoreAsync(
            LossHub.InstanceOf(Study, number), TestSender.Bytes(LossHub.Image(Study, number)), token)).Status;

    /// <summary>Until the door gives this status and this part alone is away; null is none.</summary>
    private static async Task UntilAsync(Fleet fleet, HttpStatusCode status, string? away, CancellationToken token)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(token))
        {
            using HttpResponseMessage ready = await fleet.Clients[0].GetAsync("health/ready", token);
            JsonNode body = JsonNode.Parse(await ready.Content.ReadAsStringAsync(token))!;
            string[] parts = [.. body["parts"]!.AsArray().Where(part => !part!["ok"]!.GetValue<bool>())
                .Select(part => part!["part"]!.GetValue<string>())];
            if (ready.StatusCode == status && (away is null ? parts is [] : parts.SequenceEqual([away])))
            {
                return;
            }
        }
    }
}
