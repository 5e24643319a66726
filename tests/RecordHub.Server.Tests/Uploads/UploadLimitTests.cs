using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Uploads;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Uploads;

/// <summary>How much upload links take, and how often one may guess.</summary>
[CancelAfter(120_000)]
internal sealed class UploadLimitTests
{
    [Test]
    public async Task One_request_has_only_so_many_files()
    {
        await using UploadRig rig = await StartAsync(new UploadRules { FilesPerRequest = 2 });
        (_, string path) = await rig.LinkAsync();

        (HttpStatusCode status, JsonNode body) = await rig.SendAsync(path, Letters(4, 20));

        Assert.That(status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(Outcomes(body), Is.EqualTo(new[] { "received", "received", "refused" }), body.ToJsonString());
        Assert.That(body[2]!["reason"]!.GetValue<string>(), Does.Contain("apart"));
    }

    [Test]
    public async Task One_link_keeps_only_so_many_files_and_what_was_there_already_does_not_count()
    {
        await using UploadRig rig = await StartAsync(new UploadRules { FilesPerLink = 3 });
        (string id, string path) = await rig.LinkAsync();
        (string Name, byte[] Content)[] letters = Letters(4, 20);

        (HttpStatusCode first, _) = await rig.SendAsync(path, letters[..2]);
        (HttpStatusCode again, JsonNode same) = await rig.SendAsync(path, letters[..2]);
        (HttpStatusCode over, JsonNode body) = await rig.SendAsync(path, letters);

        Assert.That(first, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(again, Is.EqualTo(HttpStatusCode.OK), same.ToJsonString());
        Assert.That(over, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(Outcomes(body), Is.EqualTo(new[] { "received", "received", "received", "refused" }), body.ToJsonString());
        Assert.That(body[3]!["reason"]!.GetValue<string>(), Does.Contain("new one"));
        Assert.That((await rig.ShownAsync(id))["files"]!.GetValue<long>(), Is.EqualTo(3));
    }

    [Test]
    public async Task One_link_keeps_only_so_many_bytes()
    {
        await using UploadRig rig = await StartAsync(new UploadRules { BytesPerLink = 3000 });
        (string id, string path) = await rig.LinkAsync();

        (HttpStatusCode status, JsonNode body) = await rig.SendAsync(path, Letters(4, 1000));
        (HttpStatusCode small, _) = await rig.SendAsync(path, Letters(1, 10));

        Assert.That(status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge), body.ToJsonString());
        Assert.That(Outcomes(body), Is.EqualTo(new[] { "received", "received", "received", "refused" }), body.ToJsonString());
        Assert.That(small, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That((await rig.ShownAsync(id))["bytes"]!.GetValue<long>(), Is.EqualTo(3000));
    }

    [Test]
    public async Task A_file_over_the_limit_ends_the_request_with_413_and_those_before_it_stay()
    {
        await using UploadRig rig = await UploadRig.StartAsync(options => options with
        {
            Limits = options.Limits with { UploadBytes = 2048 },
        });
        (_, string path) = await rig.LinkAsync();

        (HttpStatusCode status, JsonNode body) = await rig.SendAsync(path, [.. Letters(1, 20), .. Letters(1, 5000)]);

        Assert.That(status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(Outcomes(body), Is.EqualTo(new[] { "received", "refused" }), body.ToJsonString());
    }

    [Test]
    public async Task A_full_disk_is_told_with_507()
    {
        await using UploadRig rig = await UploadRig.StartAsync(options => options with { MinFreeBytes = long.MaxValue });
        (string id, string path) = await rig.LinkAsync();

        (HttpStatusCode status, JsonNode body) = await rig.SendAsync(path, Letters(2, 20));

        Assert.That(status, Is.EqualTo(HttpStatusCode.InsufficientStorage), body.ToJsonString());
        Assert.That(Outcomes(body), Is.EqualTo(new[] { "refused" }), body.ToJsonString());
        Assert.That((await rig.ShownAsync(id))["files"]!.GetValue<long>(), Is.Zero);
    }

    [Test]
    public async Task Who_tries_many_links_that_do_not_work_is_told_to_wait_and_one_that_works_goes_on_working()
    {
        await using UploadRig rig = await StartAsync(new UploadRules { UnknownPerMinute = 3 });
        (_, string path) = await rig.LinkAsync();
        List<HttpStatusCode> statuses = [];
        for (int at = 0; at < 5; at++)
        {
            using HttpResponseMessage guessed = await rig.BrowseAsync(HttpMethod.Get, "u/" + new string((char)('a' + at), 43));
            statuses.Add(guessed.StatusCode);
        }

        using HttpResponseMessage known = await rig.BrowseAsync(HttpMethod.Get, path);

        Assert.That(statuses, Is.EqualTo(new[]
        {
            HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests,
            HttpStatusCode.TooManyRequests,
        }));
        Assert.That(known.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("Uploads:LinkDays", "366")]
    [TestCase("Uploads:MaxFilesPerRequest", "0")]
    [TestCase("Uploads:MaxFilesPerLink", "-1")]
    [TestCase("Uploads:MaxBytesPerLink", "much")]
    [TestCase("Uploads:MaxUnknownPerMinute", "0")]
    public void A_wrong_limit_stops_the_start_and_is_named(string key, string value)
    {
        StartRefusedException? refused = Assert.Throws<StartRefusedException>(
            () => RecordHubOptions.Load("/nowhere", new Dictionary<string, string?> { [key] = value }));

        Assert.That(refused!.Message, Does.Contain(key).And.Contain(value).And.Contain("allowed is"));
    }

    private static Task<UploadRig> StartAsync(UploadRules rules) => UploadRig.StartAsync(options => options with { Uploads = rules });

    private static IEnumerable<string> Outcomes(JsonNode body) => body.AsArray().Select(one => one!["outcome"]!.GetValue<string>());

    private static (string Name, byte[] Content)[] Letters(int count, int length) =>
    [
        .. Enumerable.Range(0, count).Select(at => (
            $"letter {at}.txt", Encoding.ASCII.GetBytes($"{Guid.NewGuid():N}{new string('x', length)}"[..length]))),
    ];
}
