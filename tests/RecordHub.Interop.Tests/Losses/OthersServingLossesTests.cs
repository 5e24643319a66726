using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Interop.Tests.Installation;
using RecordHub.Server.Dicom;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Tests.Dicom;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Interop.Tests.Losses;

/// <summary>How others served too early, too slowly or not at all what they had: each as a test of ours.</summary>
[CancelAfter(600_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OthersServingLossesTests : IDisposable
{
    private const string Study = "2.25.7703";
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("losses-").FullName;

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_study_declared_complete_by_a_timer_while_a_long_series_was_still_arriving(CancellationToken token)
    {
        LaterTime time = new();
        await using TestHub hub = await TestHub.StartAsync(time: time);
        CaseNumber number = await hub.OpenCaseAsync("M1");
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token, called: AeTitles.Of(number));
        await LossHub.StoreAsync(sender, Study, 1, token);
        foreach (int minutes in (int[])[1, 5, 60])
        {
            await hub.Services.GetRequiredService<PipelineWaiter>().WaitUntilIdleAsync(TimeSpan.FromMinutes(1), token);
            time.Later = TimeSpan.FromMinutes(minutes);
            Assert.That(await StateAsync(), Is.EqualTo("arriving"), $"{minutes} minutes later");
        }

        await LossHub.StoreAsync(sender, Study, 2, token);
        await hub.Services.GetRequiredService<PipelineWaiter>().WaitUntilIdleAsync(TimeSpan.FromMinutes(1), token);
        await sender.Association.ReleaseAsync(token);
        time.Later = TimeSpan.FromDays(2);
        Assert.That(await StateAsync(), Is.Not.EqualTo("complete"), "time alone is no evidence");

        async Task<string> StateAsync()
        {
            (_, JsonNode missing) = await hub.GetAsync($"api/cases/{number}/missing");
            return missing["studies"]!.AsArray().Single()!["state"]!.GetValue<string>();
        }
    }

    [Test]
    public async Task Metadata_of_a_series_took_long_because_every_file_was_read_again(CancellationToken token)
    {
        const int instances = 500;
        await using LossHub hub = await LossHub.StartAsync(Data, token);
        await hub.SendAsync(Study, instances, token);
        Assert.That(await hub.InstancesAsync(token), Has.Count.EqualTo(instances));
        Directory.Move(Path.Combine(Data, "blobs"), Path.Combine(Data, "away"));
        try
        {
            await MetadataAsync();
            long began = Stopwatch.GetTimestamp();
            Assert.That(await MetadataAsync(), Is.EqualTo(instances), "without a single file");
            Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(2 * s_second));
        }
        finally
        {
            Directory.Move(Path.Combine(Data, "away"), Path.Combine(Data, "blobs"));
        }

        async Task<int> MetadataAsync()
        {
            using JsonDocument metadata = JsonDocument.Parse(
                await hub.Process.Client.GetStringAsync($"dicomweb/studies/{Study}/series/{Study}.1/metadata", token));
            return metadata.RootElement.GetArrayLength();
        }
    }

    [Test]
    public async Task A_frame_of_a_big_instance_took_a_minute(CancellationToken token)
    {
        const int frames = 1_000;
        const int frameLength = 256 * 256 * 2;
        byte[] pixels = new byte[frames * frameLength];
        for (int frame = 0; frame < frames; frame++)
        {
            pixels.AsSpan(frame * frameLength, frameLength).Fill((byte)(frame % 251));
        }

        DicomDataSet dataSet = LossHub.Image(Study, 1, pixels: 2)
            .Add(DicomTags.SamplesPerPixel, 1)
            .Add(DicomTags.PhotometricInterpretation, "MONOCHROME2")
            .Add(DicomTags.NumberOfFrames, $"{frames}")
            .Add(DicomTags.Rows, 256)
            .Add(DicomTags.Columns, 256)
            .Add(DicomTags.BitsAllocated, 16)
            .Add(DicomTags.BitsStored, 16)
            .Add(DicomTags.HighBit, 15)
            .Add(DicomTags.PixelRepresentation, 0)
            .Add(DicomTags.PixelData, DicomVr.OW, pixels);
        await using LossHub hub = await LossHub.StartAsync(Data, token);
        await using TestSender sender = await hub.SenderAsync(token);
        Assert.That(
            (await sender.StoreAsync(LossHub.InstanceOf(Study, 1), TestSender.Bytes(dataSet), token)).Status, Is.Zero);
        Assert.That(await hub.InstancesAsync(token), Has.Count.EqualTo(1));

        foreach (int frame in (int[])[1_000, 1, 500, 999])
        {
            long began = Stopwatch.GetTimestamp();
            byte[] body = await hub.Process.Client.GetByteArrayAsync(
                $"dicomweb/studies/{Study}/series/{Study}.1/instances/{LossHub.InstanceOf(Study, 1)}/frames/{frame}", token);
            Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(2 * s_second), $"frame {frame}");
            Assert.That(body.AsSpan().Count((byte)((frame - 1) % 251)), Is.GreaterThanOrEqualTo(frameLength));
            Assert.That(body, Has.Length.LessThan(frameLength + 1024));
        }
    }

    [TestCase("*/*")]
    [TestCase("application/pdf")]
    [TestCase("application/octet-stream")]
    [TestCase("multipart/related; type=\"application/octet-stream\"")]
    [TestCase("multipart/related; type=\"application/pdf\"")]
    [TestCase("multipart/related; type=\"*/*\"")]
    public async Task Encapsulated_pdfs_invisible_because_accept_and_bulk_data_uri_disagreed(string accept)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        byte[] pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n" + new string('%', 4_000) + "\n%%EOF\n");
        string file = Path.Combine(_folder, "report.dcm");
        DicomDataSet report = LossHub.Image(Study, 1);
        report.Remove(DicomTags.PixelData);
        await File.WriteAllBytesAsync(file, DicomFileWriter.ToBytes(report
            .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.104.1"))
            .Add(DicomTags.Modality, "DOC")
            .Add(DicomTags.MIMETypeOfEncapsulatedDocument, "application/pdf")
            .Add(DicomTags.EncapsulatedDocument, DicomVr.OB, pdf)), token);
        await using LossHub hub = await LossHub.StartAsync(Data, token);
        (int exitCode, string output, string error) = await RecordHubProcess.CommandAsync(
            token, "import", file, "--case", hub.Case, "--server", $"http://{hub.Process.Http}", "--token",
            hub.Process.Token);
        Assert.That(exitCode, Is.EqualTo(3), "filed, and its text cannot be read: " + output + error);
        await ProcessWaits.UntilIdleAsync(hub.Process, token);

        using JsonDocument metadata = JsonDocument.Parse(
            await hub.Process.Client.GetStringAsync($"dicomweb/studies/{Study}/metadata", token));
        string link = metadata.RootElement[0].GetProperty("00420011").GetProperty("BulkDataURI").GetString()!;
        using HttpRequestMessage ask = new(
            HttpMethod.Get, new Uri(new Uri(hub.Process.Client.BaseAddress!, $"dicomweb/studies/{Study}/metadata"), link));
        ask.Headers.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage answer = await hub.Process.Client.SendAsync(ask, token);
        byte[] body = await answer.Content.ReadAsByteArrayAsync(token);

        Assert.That((int)answer.StatusCode, Is.EqualTo(200), link);
        Assert.That(body.AsSpan().IndexOf(pdf), Is.Not.Negative);
        Assert.That(accept.StartsWith("multipart", StringComparison.Ordinal) || body.Length == pdf.Length, Is.True);
    }

    /// <summary>The machine's clock, put forward.</summary>
    private sealed class LaterTime : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Later;
    }
}
