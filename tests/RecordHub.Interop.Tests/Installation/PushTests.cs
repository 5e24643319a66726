using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Interop.Tests.Dicom;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>Everything that can be sent is answered, kept, and given back bit for bit.</summary>
[CancelAfter(600_000)]
public sealed class PushTests
{
    private string _data = string.Empty;

    [SetUp]
    public void MakeFolder() => _data = Directory.CreateTempSubdirectory("push-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_data, recursive: true);

    [Test]
    public async Task Every_data_set_sent_comes_back_with_the_same_digest(CancellationToken token)
    {
        string folder = SharedFiles.Folder("dicom");
        await File.WriteAllTextAsync(Path.Combine(_data, "appsettings.json"), """{"Blobs":{"MaxSharedBytes":0}}""", token);
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(_data, token);
        (_, string output, string error) = await RecordHubProcess.CommandAsync(
            token, "dicom", "send", hub.Dicom.ToString(), folder, "--recursive", "--json");

        JsonElement[] answers = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
        string[] stored = [.. answers.Where(answer => answer.GetProperty("sent").GetBoolean())
            .Select(answer => answer.GetProperty("path").GetString()!)];
        string[] unanswered = [.. answers.Where(answer => !answer.GetProperty("sent").GetBoolean()
                && answer.GetProperty("status").GetString()!.Length == 0
                && !answer.GetProperty("detail").GetString()!.StartsWith("not sent", StringComparison.Ordinal))
            .Select(answer => answer.GetProperty("path").GetString()!)];
        Assert.That(answers, Has.Length.EqualTo(Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length), error);
        Assert.That(unanswered, Is.Empty);
        Assert.That(stored, Has.Length.GreaterThan(800), error);

        await ProcessWaits.UntilIdleAsync(hub, token);
        HashSet<string> kept = DataSetsKept();
        Assert.That(stored.Where(path => !kept.Contains(DataSetDigest(File.ReadAllBytes(path)))), Is.Empty);
    }

    [Test]
    public async Task All_that_dcmsend_sends_is_answered_with_success(CancellationToken token)
    {
        string folder = SharedFiles.Folder("dicom/dcm_qa_nih");
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(_data, token);

        (int exitCode, string output) = await Peer.RunAsync(
            "dcmsend", token, "+sd", "+r", "--no-uid-checks", "--decompress-never", "-aec", "RECORDHUB", "-v",
            hub.Dicom.Address.ToString(), hub.Dicom.Port.ToString(CultureInfo.InvariantCulture), folder);

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Not.Contain("FailedOperation").And.Not.Contain("0xa"));
    }

    private static string DataSetDigest(byte[] file)
    {
        DicomHeader header = DicomFile.ReadHeader(file);
        Uid instance = header.DataSet.GetUid(DicomTags.SOPInstanceUID);
        return $"{instance} {Convert.ToHexStringLower(SHA256.HashData(file.AsSpan((int)header.DataSetOffset)))}";
    }

    // What nobody can file is in no search and in no inbox, but its bytes are kept all the same.
    private HashSet<string> DataSetsKept() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(_data, "blobs"), "*", SearchOption.AllDirectories)
            .Where(blob => Path.GetFileName(blob).Length == 64)
            .Select(blob => DataSetDigest(File.ReadAllBytes(blob))),
    ];
}
