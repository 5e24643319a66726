using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>
/// A disk that fails while it is in use. What cannot be opened stands for it: a folder in the place of a file, as the rights
/// of a file say nothing to root.
/// </summary>
[CancelAfter(60_000)]
public sealed class FailingDiskTests
{
    private static readonly Uid s_instance = Uid.Parse("2.25.42");

    [Test]
    public async Task A_long_instance_whose_file_cannot_be_put_in_its_place_is_A700_and_is_stored_when_it_can(
        CancellationToken token)
    {
        await using TestHub hub = await TestHub.StartAsync(static options => options with { MaxSharedBytes = 0 });
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);
        byte[] image = TestSender.Bytes(TestSender.Image(s_instance, 400_000));
        string incoming = Path.Combine(hub.Folder, "blobs", "incoming");

        StoreResponse refused = await sender.Association.StoreAsync(
            sender.Association.Contexts[0], s_instance,
            new PausingStream(image, image.Length / 2, async () =>
            {
                await BeganAsync(incoming, token);
                Directory.Delete(incoming, recursive: true);
            }),
            token);

        Assert.That(refused.Status, Is.EqualTo(0xA700), refused.Comment);
        Directory.CreateDirectory(incoming);
        Assert.That((await sender.StoreAsync(s_instance, image, token)).Status, Is.EqualTo(DimseStatus.Success));
    }

    [Test]
    public async Task What_is_kept_and_cannot_be_read_is_stored_anew_when_it_comes_again(CancellationToken token)
    {
        string folder = Directory.CreateTempSubdirectory("recordhub-unreadable-").FullName;
        try
        {
            await using (TestHub before = await TestHub.StartAsync(keep: folder))
            await using (TestSender sender = await TestSender.OpenAsync(before.DicomPort, token))
            {
                Assert.That((await sender.StoreAsync(s_instance, token)).Status, Is.EqualTo(DimseStatus.Success));
            }

            string volume = Directory.GetFiles(Path.Combine(folder, "blobs", "volumes"), "*.vol").Single();
            File.Move(volume, volume + ".away");
            Directory.CreateDirectory(volume);
            await using (TestHub hub = await TestHub.StartAsync(keep: folder))
            await using (TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token))
            {
                StoreResponse again = await sender.StoreAsync(s_instance, token);
                Assert.That((again.Status, again.Comment), Is.EqualTo((DimseStatus.Success, (string?)null)));
            }

            Directory.Delete(volume);
            string[] volumes = Directory.GetFiles(Path.Combine(folder, "blobs", "volumes"), "*.vol");
            Assert.That(volumes.Sum(file => new FileInfo(file).Length), Is.GreaterThan(1000), "it is there without the other volume");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task What_cannot_be_read_is_503_with_what_to_do_and_is_served_when_it_can(CancellationToken token)
    {
        await using TestHub hub = await TestHub.StartAsync(static options => options with { MaxSharedBytes = 0 });
        CaseNumber own = await hub.OpenCaseAsync("4711");
        using ByteArrayContent text = new([.. "A letter that is kept as it is."u8]);
        text.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using HttpResponseMessage made = await hub.Http.PostAsync($"cases/{own}/fhir/Binary", text, token);
        JsonNode document = JsonNode.Parse(await made.Content.ReadAsStringAsync(token))!;
        Uri binary = new("fhir/" + document["content"]![0]!["attachment"]!["url"]!.GetValue<string>(), UriKind.Relative);
        string blob = Directory.GetFiles(Path.Combine(hub.Folder, "blobs"), "*", SearchOption.AllDirectories)
            .Single(static file => Path.GetFileName(file).Length == 64);
        File.Move(blob, blob + ".away");
        Directory.CreateDirectory(blob);

        using HttpResponseMessage refused = await hub.Http.GetAsync(binary, token);

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
        string body = await refused.Content.ReadAsStringAsync(token);
        Assert.That(body, Does.Contain("OperationOutcome").And.Contain("transient").And.Contain("recordhub doctor"));
        Assert.That(body, Does.Not.Contain(hub.Folder));
        Directory.Delete(blob);
        File.Move(blob + ".away", blob);
        using HttpResponseMessage served = await hub.Http.GetAsync(binary, token);
        Assert.That(served.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static async Task BeganAsync(string incoming, CancellationToken token)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(10));
        while (!Directory.EnumerateFiles(incoming).Any())
        {
            await timer.WaitForNextTickAsync(token);
        }
    }

    /// <summary>Bytes that do something when half of them were read.</summary>
    private sealed class PausingStream(byte[] bytes, int at, Func<Task> pause) : MemoryStream(bytes)
    {
        private bool _paused;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= at && !_paused)
            {
                _paused = true;
                await pause();
            }

            int most = _paused ? buffer.Length : (int)Math.Min(buffer.Length, at - Position);
            return Read(buffer.Span[..most]);
        }
    }
}
