using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Server.Tests.Hosting;

/// <summary>Doors while more waits than is configured, and after.</summary>
[CancelAfter(120_000)]
public sealed class BackPressureTests
{
    private static readonly string[] s_taking = ["fhir/Binary", "dicomweb/studies", "api/import?name=b.txt", "u/whatever"];

    [Test]
    public async Task Doors_ask_senders_to_come_later_while_too_much_waits_and_take_again_by_themselves(CancellationToken token)
    {
        // Nobody files: what comes in waits.
        await using TestHub door = await TestHub.StartAsync(options => options with
        {
            Roles = ServerRoles.Api,
            MaxWaiting = 2,
            Limits = options.Limits with { FilingWait = TimeSpan.Zero },
        });
        Assert.That(await StatusAsync(door, "fhir/Binary", "one", token), Is.Not.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await StatusAsync(door, "fhir/Binary", "two", token), Is.Not.EqualTo(HttpStatusCode.ServiceUnavailable));
        await UntilAsync(door, "unavailable", token);

        foreach (string path in s_taking)
        {
            using HttpResponseMessage refused = await PostAsync(door, path, "three", token);
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable), path);
            Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero), path);
        }

        using HttpResponseMessage read = await door.Http.GetAsync("fhir/Patient", token);
        Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK), "reading goes on");

        await using (RecordHubHost worker = await RecordHubHost.StartAsync(
            new RecordHubOptions { Data = door.Folder, Roles = ServerRoles.Worker }, token, _ => { }))
        {
            await UntilAsync(door, "ready", token);
            await worker.StopAsync(token);
        }

        Assert.That(await StatusAsync(door, "fhir/Binary", "three", token), Is.Not.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    public async Task A_sender_of_images_is_told_A700_and_is_served_on_the_same_association_when_there_is_room(
        CancellationToken token)
    {
        await using TestHub door = await TestHub.StartAsync(
            options => options with { Roles = ServerRoles.Api | ServerRoles.Dicom, MaxWaiting = 2 });
        await using TestSender sender = await TestSender.OpenAsync(door.DicomPort, token);
        Assert.That((await sender.StoreAsync(Uid.Parse("2.25.1"), token)).Status, Is.Zero);
        Assert.That((await sender.StoreAsync(Uid.Parse("2.25.2"), token)).Status, Is.Zero);
        await UntilAsync(door, "unavailable", token);

        StoreResponse refused = await sender.StoreAsync(Uid.Parse("2.25.3"), token);
        Assert.That(refused.Status, Is.EqualTo(0xA700), refused.Comment);
        Assert.That(refused.Comment, Is.Not.Empty);

        await using RecordHubHost worker = await RecordHubHost.StartAsync(
            new RecordHubOptions { Data = door.Folder, Roles = ServerRoles.Worker }, token, _ => { });
        await UntilAsync(door, "ready", token);
        Assert.That((await sender.StoreAsync(Uid.Parse("2.25.3"), token)).Status, Is.Zero);
        await worker.StopAsync(token);
    }

    [Test]
    public async Task A_disk_without_room_is_named_and_makes_the_door_not_ready(CancellationToken token)
    {
        await using TestHub door = await TestHub.StartAsync(options => options with { MinFreeBytes = long.MaxValue });

        using HttpResponseMessage ready = await door.Anonymous.GetAsync("health/ready", token);
        JsonNode body = JsonNode.Parse(await ready.Content.ReadAsStringAsync(token))!;

        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(
            body["parts"]!.AsArray().Where(part => !part!["ok"]!.GetValue<bool>()).Select(part => part!["part"]!.GetValue<string>()),
            Is.EqualTo(new[] { "disk" }));
        Assert.That(body.ToJsonString(), Does.Not.Contain(door.Folder));
    }

    [Test]
    public async Task A_folder_of_blobs_that_was_moved_away_is_named_until_it_is_back(CancellationToken token)
    {
        await using TestHub door = await TestHub.StartAsync();
        string blobs = Path.Combine(door.Folder, "blobs");
        Directory.Move(blobs, blobs + "-away");

        await UntilAsync(door, "unavailable", token);
        (HttpStatusCode status, JsonNode body) = await door.GetAsync("health/ready");

        Assert.That(status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        JsonNode disk = body["parts"]!.AsArray().Single(part => part!["part"]!.GetValue<string>() == "disk")!;
        Assert.That(disk["ok"]!.GetValue<bool>(), Is.False);
        Assert.That(disk["detail"]!.GetValue<string>(), Does.Contain("Put it back"));
        Assert.That(body.ToJsonString(), Does.Not.Contain(door.Folder));
        Directory.Move(blobs + "-away", blobs);
        await UntilAsync(door, "ready", token);
    }

    private static async Task UntilAsync(TestHub hub, string status, CancellationToken token)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            using HttpResponseMessage ready = await hub.Anonymous.GetAsync("health/ready", token);
            JsonNode body = JsonNode.Parse(await ready.Content.ReadAsStringAsync(token))!;
            if (body["status"]!.GetValue<string>() == status)
            {
                return;
            }

            await timer.WaitForNextTickAsync(token);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(TestHub hub, string path, string text, CancellationToken token)
    {
        using HttpResponseMessage answer = await PostAsync(hub, path, text, token);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> PostAsync(TestHub hub, string path, string text, CancellationToken token)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue(path.StartsWith("dicomweb", StringComparison.Ordinal)
            ? "application/dicom" : "text/plain");
        return hub.Http.PostAsync(path, content, token);
    }
}
