using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Interop.Tests.Installation;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>Orthanc stores at our door and asks for storage commitment, which it hears on an association that we open.</summary>
[CancelAfter(180_000)]
public sealed class OrthancCommitmentTests
{
    private const string CtImage = "1.2.840.10008.5.1.4.1.1.2";
    private string _data = string.Empty;

    [SetUp]
    public void MakeFolder() => _data = Directory.CreateTempSubdirectory("commit-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_data, recursive: true);

    [Test]
    public async Task Orthanc_hears_what_is_committed_and_what_is_not(CancellationToken token)
    {
        int port = Peer.FreePort();
        await WriteSettingsAsync(_data, port, token);
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(_data, token);
        await using Orthanc orthanc = await Orthanc.StartAsync(port, hub.Dicom.Port, token);
        string[] instances = [await orthanc.UploadAsync(Image("2.25.101"), token), await orthanc.UploadAsync(Image("2.25.102"), token)];
        await orthanc.PostAsync("modalities/hub/store", new JsonArray([.. instances.Select(id => JsonValue.Create(id))]).ToJsonString(), token);

        JsonNode stored = await CommitAsync(orthanc, token, "2.25.101", "2.25.102");
        JsonNode mixed = await CommitAsync(orthanc, token, "2.25.102", "2.25.999");

        Assert.That(stored["Status"]!.GetValue<string>(), Is.EqualTo("Success"), stored.ToJsonString());
        Assert.That(stored["Success"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(mixed["Status"]!.GetValue<string>(), Is.EqualTo("Failure"), mixed.ToJsonString());
        Assert.That(mixed["Failures"]![0]!["FailureReason"]!.GetValue<int>(), Is.EqualTo(0x0112));
        Assert.That(mixed["Failures"]![0]!["SOPInstanceUID"]!.GetValue<string>(), Is.EqualTo("2.25.999"));
    }

    /// <summary>Settings by which Orthanc is a known site that can be called.</summary>
    private static Task WriteSettingsAsync(string data, int orthancPort, CancellationToken token) => File.WriteAllTextAsync(
        Path.Combine(data, "appsettings.json"),
        new JsonObject
        {
            ["Dicom"] = new JsonObject { ["CommitmentRetrySeconds"] = 1 },
            ["Sites"] = new JsonArray(new JsonObject
            {
                ["Name"] = "Orthanc",
                ["AeTitle"] = "ORTHANC",
                ["Host"] = "127.0.0.1",
                ["Port"] = orthancPort,
            }),
        }.ToJsonString(),
        token);

    private static byte[] Image(string instance) => DicomFileWriter.ToBytes(new DicomDataSet()
        .Add(DicomTags.SOPClassUID, CtImage)
        .Add(DicomTags.SOPInstanceUID, instance)
        .Add(DicomTags.StudyInstanceUID, "2.25.1")
        .Add(DicomTags.SeriesInstanceUID, "2.25.2")
        .Add(DicomTags.Modality, "CT")
        .Add(DicomTags.PatientID, "SYN-1")
        .Add(DicomTags.PixelData, DicomVr.OW, new byte[512]));

    private static async Task<JsonNode> CommitAsync(Orthanc orthanc, CancellationToken token, params string[] instances)
    {
        JsonObject asked = new()
        {
            ["DicomInstances"] = new JsonArray([.. instances.Select(uid => new JsonArray(CtImage, uid))]),
        };
        JsonNode begun = await orthanc.PostAsync("modalities/hub/storage-commitment", asked.ToJsonString(), token);
        string path = $"storage-commitment/{begun["ID"]!.GetValue<string>()}";
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        JsonNode report;
        while ((report = await orthanc.GetAsync(path, token))["Status"]!.GetValue<string>() == "Pending")
        {
            await timer.WaitForNextTickAsync(token);
        }

        return report;
    }
}
