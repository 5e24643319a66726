using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using RecordHub.Interop.Tests.Losses;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>A disk that is really full, with the watermark switched off: the last byte is taken before anybody looks.</summary>
[CancelAfter(300_000)]
public sealed class FullDiskTests
{
    private const string Study = "2.25.7705";
    private const int Mebibytes = 48;
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("full-disk-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(400_000, Description = "mostly the blobs fill it")]
    [TestCase(500, Description = "mostly the database fills it")]
    public async Task A_sender_is_told_A700_nothing_answered_is_lost_and_service_goes_on_when_there_is_room(int pixels)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using RecordHubProcess hub = await RecordHubProcess.StartOnSmallDiskAsync(
            _folder, Mebibytes, """{"Blobs":{"MinFreeBytes":0}}""", token);
        string aeTitle = (await LossHub.OpenCaseAsync(hub, "M1", token)).GetProperty("aeTitle").GetString()!;
        string filler = Path.Combine(hub.Data, "filler");
        Fill(filler, leave: 6 << 20);

        await using TestSender sender = await TestSender.OpenAsync(hub.Dicom.Port, token, called: aeTitle);
        List<string> answered = [];
        int number = 0;
        StoreResponse response = await NextAsync();
        while (response.Status == DimseStatus.Success)
        {
            response = await NextAsync();
        }

        Assert.That(response.Status, Is.EqualTo(0xA700), response.Comment);
        Assert.That(response.Comment, Is.Not.Empty);
        for (int i = 0; i < 10; i++)
        {
            response = await NextAsync(); // Some may still fit; none brings it down.
            Assert.That(response.Status, Is.EqualTo(0xA700).Or.Zero, response.Comment);
        }

        File.Delete(filler);
        int before = answered.Count;
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (answered.Count < before + 3)
        {
            await timer.WaitForNextTickAsync(token);
            await NextAsync();
        }

        await ProcessWaits.UntilIdleAsync(hub, token);
        Assert.That(await Deliveries.InstancesAsync(hub, token), Is.EquivalentTo(answered));

        async Task<StoreResponse> NextAsync()
        {
            Uid instance = LossHub.InstanceOf(Study, ++number);
            StoreResponse answer = await sender.StoreAsync(
                instance, TestSender.Bytes(LossHub.Image(Study, number, pixels: pixels)), token);
            if (answer.Status == DimseStatus.Success)
            {
                answered.Add(instance.ToString());
            }

            return answer;
        }
    }

    private static void Fill(string path, long leave)
    {
        using FileStream filler = File.Create(path);
        long free = Free(path) - leave;
        filler.Write(new byte[free]);
    }

    private static long Free(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        System.Diagnostics.ProcessStartInfo start = new("stat", ["-f", "-c", "%a %S", folder]) { RedirectStandardOutput = true };
        using System.Diagnostics.Process stat = System.Diagnostics.Process.Start(start)!;
        string size = stat.StandardOutput.ReadToEnd();
        long[] parts = [.. size.Split(' ').Select(long.Parse)];
        return parts[0] * parts[1];
    }
}
