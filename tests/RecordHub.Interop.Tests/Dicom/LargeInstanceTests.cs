using System.Net.Http.Headers;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Interop.Tests.Installation;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>A large instance is got and pulled from Orthanc by C-GET without being held in memory.</summary>
[CancelAfter(300_000)]
public sealed class LargeInstanceTests
{
    private const int Mebibyte = 1 << 20;
    private const int PixelBytes = 200 * Mebibyte;
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-large-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Get_of_a_large_instance_takes_no_more_memory_than_of_a_small_one(CancellationToken token)
    {
        await using Orthanc orthanc = await Orthanc.StartAsync(Peer.FreePort(), Peer.FreePort(), token);
        await UploadAsync(orthanc, "2.25.81", Mebibyte, token);
        await UploadAsync(orthanc, "2.25.82", PixelBytes, token);

        long small = await GetAsync(orthanc, "2.25.81", token);
        long large = await GetAsync(orthanc, "2.25.82", token);

        TestContext.Out.WriteLine($"peak memory: {small / Mebibyte} MiB with 1 MiB, {large / Mebibyte} MiB with {PixelBytes / Mebibyte} MiB");
        Assert.That(new FileInfo(Path.Combine(_folder, "2.25.82.dcm")).Length, Is.GreaterThan(PixelBytes));
        Assert.That(large - small, Is.LessThan(60L * Mebibyte));
    }

    [Test]
    public async Task Pull_of_a_large_instance_takes_no_more_memory_than_of_a_small_one(CancellationToken token)
    {
        await using Orthanc orthanc = await Orthanc.StartAsync(Peer.FreePort(), Peer.FreePort(), token);
        await UploadAsync(orthanc, "2.25.81", Mebibyte, token, date: "20200101");
        await RecordHubProcess.CommandAsync(
            token, "site", "add", "North", "--ae", "ORTHANC", "--host", "127.0.0.1", "--port", $"{orthanc.DicomPort}", "--data", _folder);

        long small = await PullAsync(token);
        await UploadAsync(orthanc, "2.25.82", PixelBytes, token, date: "20200101");
        long large = await PullAsync(token);

        TestContext.Out.WriteLine($"peak memory: {small / Mebibyte} MiB with 1 MiB, {large / Mebibyte} MiB with {PixelBytes / Mebibyte} MiB");
        Assert.That(Directory.EnumerateFiles(Path.Combine(_folder, "blobs"), "*", SearchOption.AllDirectories)
            .Max(path => new FileInfo(path).Length), Is.GreaterThan(PixelBytes));
        Assert.That(large - small, Is.LessThan(100L * Mebibyte));
    }

    private async Task<long> PullAsync(CancellationToken token)
    {
        (int exitCode, string output, string error, long peak) = await RecordHubProcess.MeasuredCommandAsync(
            token, "pull", "North", "--since", "2020-01-01", "--json", "--data", _folder);
        Assert.That(exitCode, Is.EqualTo(3), "nobody's case: held. " + output + error);
        Assert.That(CaseFolder.Summary(output)["fetched"]!.GetValue<int>(), Is.EqualTo(1), output);
        return peak;
    }

    private async Task<long> GetAsync(Orthanc orthanc, string study, CancellationToken token)
    {
        (int exitCode, string output, string error, long peak) = await RecordHubProcess.MeasuredCommandAsync(
            token, "dicom", "get", $"127.0.0.1:{orthanc.DicomPort}", "--aec", "ORTHANC", "--aet", "RECORDHUB",
            "-k", $"StudyInstanceUID={study}", "--out", _folder, "--json");
        Assert.That(exitCode, Is.Zero, output + error);
        return peak;
    }

    private async Task UploadAsync(Orthanc orthanc, string uid, int pixels, CancellationToken token, string date = "")
    {
        byte[] header = DicomFileWriter.ToBytes(new DicomDataSet()
            .Add(DicomTags.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7")
            .Add(DicomTags.SOPInstanceUID, uid)
            .Add(DicomTags.StudyInstanceUID, uid)
            .Add(DicomTags.SeriesInstanceUID, $"{uid}.1")
            .Add(DicomTags.StudyDate, date)
            .Add(DicomTags.Modality, "OT")
            .Add(DicomTags.PatientID, "SYN-1"));
        string path = Path.Combine(_folder, "upload");
        await using (FileStream file = File.Create(path))
        {
            // Pixel Data in Explicit VR Little Endian, the pixels a hole of zeros.
            await file.WriteAsync(header, token);
            await file.WriteAsync(new byte[] { 0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'W', 0, 0 }, token);
            await file.WriteAsync(BitConverter.GetBytes(pixels), token);
            file.SetLength(file.Length + pixels);
        }

        await using FileStream upload = File.OpenRead(path);
        using StreamContent content = new(upload);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/dicom");
        using HttpResponseMessage answer = await orthanc.Http.PostAsync("instances", content, token);
        answer.EnsureSuccessStatusCode();
        File.Delete(path);
    }
}
