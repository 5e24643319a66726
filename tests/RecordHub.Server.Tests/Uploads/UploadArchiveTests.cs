using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace RecordHub.Server.Tests.Uploads;

/// <summary>What patients have is often a ZIP: each file in it is received as if it had been sent by itself.</summary>
internal sealed class UploadArchiveTests
{
    private const int FilesOfLink = 6;

    private UploadRig _rig = null!;

    [OneTimeSetUp]
    public async Task Start() => _rig = await UploadRig.StartAsync(
        options => options with { Uploads = options.Uploads with { FilesPerRequest = 2, FilesPerLink = FilesOfLink } });

    [OneTimeTearDown]
    public async Task Stop() => await _rig.DisposeAsync();

    [Test]
    public async Task Each_file_of_a_zip_is_received_also_of_one_in_it()
    {
        (string id, string path) = await _rig.LinkAsync();
        byte[] record = UploadRig.Observation("MRN1", "Muster", "in a ZIP");
        byte[] inner = UploadRig.Observation("MRN1", "Muster", "in a ZIP in a ZIP");
        byte[] zip = Zip(
            ("Ordner/Befund Ä.json", record), ("autorun.inf", "[autorun]\r\n"u8.ToArray()), ("more.zip", Zip(("b.json", inner))));

        (HttpStatusCode status, JsonNode body) = await _rig.SendAsync(path, ("all.zip", zip), ("after.json", record));

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
        Assert.That(Lines(body), Is.EqualTo(new[]
        {
            "all.zip!/Ordner/Befund Ä.json received", "all.zip!/autorun.inf not-a-record", "all.zip!/more.zip!/b.json received", "after.json received",
        }));
        Assert.That(body[0]!["item"]!.GetValue<string>(), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(record))));
        Assert.That((await _rig.SendAsync(path, ("all.zip", zip), ("after.json", record))).Body.ToJsonString(), Is.EqualTo(body.ToJsonString()));
        JsonNode shown = await _rig.ShownAsync(id);
        Assert.That(shown["files"]!.GetValue<long>(), Is.EqualTo(2), "what is kept counts, and the archive is not");
        Assert.That(shown["bytes"]!.GetValue<long>(), Is.EqualTo(record.Length + inner.Length));
    }

    [Test]
    public async Task A_damaged_file_in_it_is_refused_and_the_others_are_received()
    {
        (_, string path) = await _rig.LinkAsync();
        byte[] record = Encoding.UTF8.GetBytes("Discharge letter\nPatient: Erika Muster\nDate of birth: 12.08.1964\nSeen.\n");
        byte[] zip = Zip(CompressionLevel.NoCompression, ("a.txt", record), ("b.txt", [.. record, 10]));
        zip[zip.AsSpan().IndexOf("Seen"u8)] ^= 1;

        (_, JsonNode body) = await _rig.SendAsync(path, ("all.zip", zip));

        Assert.That(Lines(body), Is.EqualTo(new[] { "all.zip!/a.txt refused", "all.zip!/b.txt received" }), body.ToJsonString());
        Assert.That(body[0]!["reason"]!.GetValue<string>(), Does.Contain("damaged"));
    }

    [Test]
    public async Task One_that_is_cut_off_is_refused_with_a_reason()
    {
        (_, string path) = await _rig.LinkAsync();
        byte[] zip = Zip(("a.json", UploadRig.Observation("MRN1", "Muster", "cut off")));

        (HttpStatusCode status, JsonNode body) = await _rig.SendAsync(path, ("all.zip", zip[..^30]));

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Lines(body), Is.EqualTo(new[] { "all.zip refused" }));
        Assert.That(body[0]!["reason"]!.GetValue<string>(), Does.Contain("not a whole ZIP file"));
    }

    [Test]
    public async Task Its_files_count_to_what_the_link_may_keep_and_not_to_what_a_request_may_have()
    {
        (_, string path) = await _rig.LinkAsync();
        byte[] zip = Zip([.. Enumerable.Range(0, FilesOfLink + 1).Select(i => ($"{i}.json", UploadRig.Observation("MRN1", "Muster", $"count {i}")))]);

        (HttpStatusCode status, JsonNode body) = await _rig.SendAsync(path, ("all.zip", zip));

        Assert.That(status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge), body.ToJsonString());
        Assert.That(Lines(body), Is.EqualTo((string[])
        [
            .. Enumerable.Range(0, FilesOfLink).Select(i => $"all.zip!/{i}.json received"), $"all.zip!/{FilesOfLink}.json refused",
        ]));
    }

    private static string[] Lines(JsonNode body) => [.. body.AsArray().Select(one => $"{one!["path"]} {one["outcome"]}")];

    private static byte[] Zip(params (string Name, byte[] Content)[] members) => Zip(CompressionLevel.Fastest, members);

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] members)
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in members)
            {
                using Stream member = zip.CreateEntry(name, level).Open();
                member.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
