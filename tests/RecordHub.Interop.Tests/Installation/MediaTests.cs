using System.IO.Compression;
using NUnit.Framework;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Samples;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>The media that we write, as dicom3tools see them: each file, the directory, and all of them together.</summary>
[CancelAfter(300_000)]
public sealed class MediaTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("media-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(false)]
    [TestCase(true)]
    public async Task An_exported_package_contradicts_itself_nowhere(bool reconciled)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        string data = Path.Combine(_folder, "data");
        string zip = Path.Combine(_folder, "package.zip");
        (int told, string output, string error) = await RecordHubProcess.CommandAsync(token, "demo", "--exit", "--data", data);
        Assert.That(told, Is.Zero, output + error);
        string[] export = ["package", "export", "1", "--out", zip, "--data", data];
        (int written, output, error) = await RecordHubProcess.CommandAsync(
            token, reconciled ? [.. export, "--reconciled"] : export);
        Assert.That(written, Is.Zero, output + error);
        string media = Path.Combine(_folder, "media");
        await ZipFile.ExtractToDirectoryAsync(zip, media, token);

        await HoldsTogetherAsync(media, token);
    }

    [Test]
    public async Task A_folder_without_the_patient_contradicts_itself_nowhere(CancellationToken token)
    {
        string records = Path.Combine(_folder, "records");
        string media = Path.Combine(_folder, "media");
        SampleCase.Generate(1).WriteTo(records);
        (_, string output, string error) = await RecordHubProcess.CommandAsync(
            token, "dicom", "deidentify", records, "--recursive", "--out", media);
        Assert.That(File.Exists(Path.Combine(media, "DICOMDIR")), Is.True, output + error);

        await HoldsTogetherAsync(media, token);
    }

    private static async Task HoldsTogetherAsync(string media, CancellationToken token)
    {
        string[] files = Directory.GetFiles(Path.Combine(media, "DICOM"), "*", SearchOption.AllDirectories);
        Assert.That(files, Has.Length.GreaterThan(20));
        (_, string together) = await Peer.RunAsync("dcentvfy", token, files);
        (_, string directory) = await Peer.RunAsync("dciodvfy", token, Path.Combine(media, "DICOMDIR"));

        Assert.That(together.Split('\n').Where(IsError), Is.Empty);
        Assert.That(directory.Split('\n').Where(IsError), Is.Empty);
        Assert.That(directory, Does.Contain("BasicDirectory"));
    }

    private static bool IsError(string line) => line.StartsWith("Error", StringComparison.Ordinal);
}
