using System.Text.Json;
using NUnit.Framework;
using RecordHub.Interop.Tests.Dicom;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>Discs as a burning program writes them.</summary>
[CancelAfter(120_000)]
public sealed class DiscImageTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("disc-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("-iso-level", "1")]
    [TestCase("-J", "-r")]
    public async Task Every_file_of_a_burnt_file_set_is_read_from_its_image(string option, string more, CancellationToken token)
    {
        string set = Path.Combine(SharedFiles.Folder("dicom"), "pydicom", "test_files", "dicomdirtests");
        string image = Path.Combine(_folder, "disc.iso");
        (int burnt, string said) = await Peer.RunAsync("genisoimage", token, "-quiet", "-o", image, option, more, set);
        Assert.That(burnt, Is.Zero, said);

        JsonElement[] fromFolder = await ImportAsync(set, token);
        JsonElement[] fromImage = await ImportAsync(image, token);

        Assert.That(fromImage.Count(IsInstance), Is.EqualTo(fromFolder.Count(IsInstance)).And.GreaterThan(20));
        Assert.That(
            fromImage.Where(IsInstance).SelectMany(line => line.GetProperty("warnings").EnumerateArray()).Count(),
            Is.EqualTo(fromFolder.Where(IsInstance).SelectMany(line => line.GetProperty("warnings").EnumerateArray()).Count()));
    }

    private static bool IsInstance(JsonElement line) => line.GetProperty("kind").GetString() == "dicom-instance";

    private async Task<JsonElement[]> ImportAsync(string path, CancellationToken token)
    {
        (_, string output, string error) = await RecordHubProcess.CommandAsync(
            token, "import", path, "--recursive", "--dry-run", "--json", "--data", Path.Combine(_folder, "data"));
        JsonElement[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.That(lines, Has.Length.GreaterThan(1), error);
        return lines[..^1];
    }
}
