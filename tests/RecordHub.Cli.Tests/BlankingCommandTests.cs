using System.Text.Json;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Cli.Tests;

/// <summary><c>dicom deidentify --option clean-pixel-data</c>.</summary>
public sealed class BlankingCommandTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("blanking-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "in"));
        File.WriteAllBytes(Path.Combine(_folder, "in", "1.dcm"), DicomFileWriter.ToBytes(Image()));
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_region_is_black_in_the_new_file_and_the_line_says_how_much()
    {
        CommandRun run = await RunAsync("--blank", "1,0,2,1", "--json");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Done), run.ToString());
        JsonElement counts = JsonDocument.Parse(run.Output.Split('\n')[0]).RootElement.GetProperty("counts");
        Assert.That(counts.GetProperty("regionsBlanked").GetInt32(), Is.EqualTo(1));
        Assert.That(counts.GetProperty("pixelsBlanked").GetInt64(), Is.EqualTo(2));
        Assert.That(Pixels(), Is.EqualTo(new byte[] { 9, 0, 0, 9, 9, 9, 9, 9 }));
    }

    [Test]
    public async Task The_rule_that_fits_the_device_says_where()
    {
        CommandRun run = await RunAsync("--blank-rules", Rules(
            """[{"modality":"CT","regions":[]},{"modality":"US","columns":4,"regions":["0,1,1,1","3,1,1,1"]}]"""));

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Done), run.ToString());
        Assert.That(run.Output, Does.Contain("2 pixels of 2 regions blanked"));
        Assert.That(Pixels(), Is.EqualTo(new byte[] { 9, 9, 9, 9, 0, 9, 9, 0 }));
    }

    [Test]
    public async Task A_device_without_a_rule_is_refused_with_what_to_do()
    {
        CommandRun run = await RunAsync("--blank-rules", Rules("""[{"modality":"CT","regions":["0,0,1,1"]}]"""));

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed), run.ToString());
        Assert.That(run.Output, Does.Contain("no-region-given").And.Contain("--blank"));
    }

    [Test]
    public async Task Compressed_pixels_that_are_damaged_leave_no_half_file()
    {
        DicomDataSet image = Image();
        image.AddFragments(DicomTags.PixelData, Memory<byte>.Empty, new byte[70]);
        File.WriteAllBytes(
            Path.Combine(_folder, "in", "1.dcm"), DicomFileWriter.ToBytes(image, TransferSyntax.Of(Uid.Parse("1.2.840.10008.1.2.5"))));

        CommandRun run = await RunAsync("--blank", "1,0,2,1");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed), run.ToString());
        Assert.That(run.Output, Does.Contain("pixels-damaged"));
        Assert.That(Directory.GetFiles(Path.Combine(_folder, "out"), "*", SearchOption.AllDirectories), Is.Empty);
    }

    [TestCase("""[{"modalty":"US","regions":["0,0,1,1"]}]""", "modalty")]
    [TestCase("""[{"modality":"US"}]""", "regions")]
    [TestCase("""[{"regions":["0,0,1"]}]""", "0,0,1")]
    [TestCase("""{"regions":[]}""", "cannot be read")]
    [TestCase("[null]", "Rule 1")]
    public async Task A_rule_that_says_something_else_than_meant_is_an_error(string rules, string said)
    {
        CommandRun run = await RunAsync("--blank-rules", Rules(rules));

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Usage), run.ToString());
        Assert.That(run.Error, Does.Contain(said));
        Assert.That(Directory.Exists(Path.Combine(_folder, "out")), Is.False);
    }

    [TestCase("1,2,3", "neither")]
    [TestCase("0,0,0,5", "neither")]
    [TestCase("0,0,70000,5", "neither")]
    public async Task A_region_that_is_none_is_an_error(string region, string said)
    {
        CommandRun run = await RunAsync("--blank", region);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Usage), run.ToString());
        Assert.That(run.Error, Does.Contain(said));
    }

    private byte[] Pixels() => DicomFile.ReadHeader(
        File.ReadAllBytes(Path.Combine(_folder, "out", "DICOM", "ST000001", "SE000001", "IM000001")), null,
        DicomReadOptions.WholeFile).DataSet.GetBytes(DicomTags.PixelData).ToArray();

    private string Rules(string json)
    {
        string path = Path.Combine(_folder, "rules.json");
        File.WriteAllText(path, json);
        return path;
    }

    private Task<CommandRun> RunAsync(params string[] more) => CommandRun.RunAsync(
    [
        "dicom", "deidentify", Path.Combine(_folder, "in"), "--out", Path.Combine(_folder, "out"), "--option", "clean-pixel-data",
        .. more,
    ]);

    private static DicomDataSet Image() => new DicomDataSet()
        .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.6.1"))
        .Add(DicomTags.SOPInstanceUID, Uid.Parse("1.2.3.1"))
        .Add(DicomTags.Modality, "US")
        .Add(DicomTags.PatientID, "A")
        .Add(DicomTags.StudyInstanceUID, Uid.Parse("1.2.3"))
        .Add(DicomTags.SeriesInstanceUID, Uid.Parse("1.2.3.0"))
        .Add(DicomTags.SamplesPerPixel, 1)
        .Add(DicomTags.PhotometricInterpretation, "MONOCHROME2")
        .Add(DicomTags.Rows, 2)
        .Add(DicomTags.Columns, 4)
        .Add(DicomTags.BitsAllocated, 8)
        .Add(DicomTags.PixelData, DicomVr.OB, Enumerable.Repeat((byte)9, 8).ToArray());
}
