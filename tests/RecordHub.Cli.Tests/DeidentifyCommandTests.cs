using System.Text.Json;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Cli.Tests;

public sealed class DeidentifyCommandTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("deidentify-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Files_become_a_file_set_that_names_nobody()
    {
        Write("Musterfrau-1.dcm", "A", "1.2.3.1");
        Write("Musterfrau-2.dcm", "A", "1.2.3.2");

        CommandRun run = await RunAsync("clean", "--json");
        JsonElement[] lines = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Done), run.ToString());
        Assert.That(lines[^1].GetProperty("summary").GetProperty("deidentified").GetInt32(), Is.EqualTo(2));
        Assert.That(lines[0].GetProperty("file").GetString(), Is.EqualTo("DICOM/ST000001/SE000001/IM000001"));
        Assert.That(lines[0].GetProperty("counts").GetProperty("uidsMapped").GetInt32(), Is.Positive);
        Assert.That(File.Exists(Path.Combine(_folder, "clean", "DICOMDIR")), Is.True);
        Assert.That(await RunAsync("clean"), Has.Property(nameof(CommandRun.ExitCode)).EqualTo(ExitCodes.Failed), "not empty any more");
    }

    [Test]
    public async Task The_key_of_a_case_gives_the_same_files_again_and_that_of_another_case_does_not()
    {
        Write("1.dcm", "A", "1.2.3.1");
        string data = Path.Combine(_folder, "data");

        foreach ((string target, string number) in (IEnumerable<(string, string)>)[("a", "1"), ("b", "1"), ("c", "2")])
        {
            CommandRun run = await RunAsync(target, "--case", number, "--data", data);
            Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Done), run.ToString());
        }

        Assert.That(Image("b"), Is.EqualTo(Image("a")));
        Assert.That(Image("c"), Is.Not.EqualTo(Image("a")));
    }

    [Test]
    public async Task A_new_name_is_for_one_patient()
    {
        Write("1.dcm", "A", "1.2.3.1");
        Write("2.dcm", "B", "1.2.3.2");

        CommandRun run = await RunAsync("clean", "--patient-id", "T1");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Attention));
        Assert.That(run.Output, Does.Contain("another-patient"));
    }

    [TestCase("clean-recognizable-visual-features", "face")]
    [TestCase("clean-pixel-data", "--blank")]
    [TestCase("retain-everything", "is no option")]
    public async Task An_option_that_cannot_be_kept_is_not_promised(string option, string said)
    {
        Write("1.dcm", "A", "1.2.3.1");

        CommandRun run = await RunAsync("clean", "--option", option);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Usage));
        Assert.That(run.Error, Does.Contain(said));
    }

    private byte[] Image(string target) => File.ReadAllBytes(Path.Combine(_folder, target, "DICOM", "ST000001", "SE000001", "IM000001"));

    private Task<CommandRun> RunAsync(string target, params string[] more) => CommandRun.RunAsync(
        ["dicom", "deidentify", Path.Combine(_folder, "in"), "--out", Path.Combine(_folder, target), .. more]);

    private void Write(string name, string patient, string uid)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "in"));
        File.WriteAllBytes(Path.Combine(_folder, "in", name), DicomFileWriter.ToBytes(new DicomDataSet()
            .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
            .Add(DicomTags.SOPInstanceUID, Uid.Parse(uid))
            .Add(DicomTags.PatientID, patient)
            .Add(DicomTags.PatientName, "Musterfrau^Erika")
            .Add(DicomTags.StudyInstanceUID, Uid.Parse("1.2.3"))
            .Add(DicomTags.SeriesInstanceUID, Uid.Parse("1.2.3.0"))));
    }
}
