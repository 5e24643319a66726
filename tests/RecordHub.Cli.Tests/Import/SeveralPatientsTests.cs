using System.Text.Json;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Media;

namespace RecordHub.Cli.Tests.Import;

/// <summary>Records of several patients on one disc, and of one number at two sites.</summary>
[CancelAfter(120_000)]
public sealed class SeveralPatientsTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-patients-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_disc_of_two_patients_goes_into_two_cases_whatever_its_DICOMDIR_says()
    {
        long erika = await OpenAsync("Musterfall", "Erika", "1964-08-12", "urn:north|N1");
        long otto = await OpenAsync("Andersfall", "Otto", "1951-03-04", "urn:north|N2");
        string disc = Path.Combine(_folder, "disc");
        WriteDisc(disc);

        CommandRun run = await RunAsync($"import {disc} --recursive --json");
        Dictionary<string, JsonElement> lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.TryGetProperty("path", out _))
            .ToDictionary(line => Path.GetFileName(line.GetProperty("path").GetString()!));

        Assert.That(lines["IM1"].GetProperty("case").GetInt64(), Is.EqualTo(erika), run.ToString());
        Assert.That(lines["IM2"].GetProperty("case").GetInt64(), Is.EqualTo(otto), run.ToString());
        Assert.That(lines["IM3"].GetProperty("outcome").GetString(), Is.EqualTo("held"));
        Assert.That(Warnings(lines["IM1"]), Is.Empty);
        Assert.That(Warnings(lines["IM2"]), Is.EqualTo("of-another-patient-in-dicomdir"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Pictures_beside_a_DICOMDIR_are_its_viewers_and_no_pages(bool packed)
    {
        string disc = Path.Combine(_folder, "disc");
        WriteDisc(disc);
        Directory.CreateDirectory(Path.Combine(disc, "VIEWER"));
        await File.WriteAllBytesAsync(
            Path.Combine(disc, "VIEWER", "splash.png"), Convert.FromHexString("89504E470D0A1A0A0000000D4948445200000258000003200800000000"));
        if (packed)
        {
            System.IO.Compression.ZipFile.CreateFromDirectory(disc, disc + ".zip");
        }

        CommandRun run = await RunAsync($"import {disc}{(packed ? ".zip" : " --recursive")} --json");
        JsonElement picture = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Single(line => line.TryGetProperty("path", out JsonElement path) && path.GetString()!.EndsWith("splash.png", StringComparison.Ordinal));

        Assert.That(picture.GetProperty("outcome").GetString(), Is.EqualTo("ignored"), run.ToString());
        Assert.That(picture.GetProperty("reason").GetString(), Does.Contain("import it by itself"));
    }

    [Test]
    public async Task One_number_at_two_sites_is_two_patients()
    {
        await RunAsync("site add North --default-issuer urn:north");
        await RunAsync("site add South --default-issuer urn:south");
        long north = await OpenAsync("Musterfall", "Erika", "1964-08-12", "urn:north|N1");
        string image = Path.Combine(_folder, "image.dcm");
        string other = Path.Combine(_folder, "other.dcm");
        await File.WriteAllBytesAsync(image, DicomFileWriter.ToBytes(Image("2.25.31", "Musterfall^E", "19640812", "N1", issuer: null)));
        await File.WriteAllBytesAsync(other, DicomFileWriter.ToBytes(Image("2.25.32", "Musterfall^E", "19640812", "N1", issuer: null)));

        CommandRun fromSouth = await RunAsync($"import {other} --site South --json");
        CommandRun fromNorth = await RunAsync($"import {image} --site North --json");

        Assert.That(fromSouth.Output, Does.Contain("\"outcome\":\"held\""), fromSouth.ToString());
        Assert.That(fromNorth.Output, Does.Contain("\"outcome\":\"filed\"").And.Contain($"\"case\":{north}"), fromNorth.ToString());
    }

    private static string Warnings(JsonElement line) =>
        string.Join(' ', line.GetProperty("warnings").EnumerateArray().Select(one => one.GetString()));

    private static void WriteDisc(string disc)
    {
        Directory.CreateDirectory(Path.Combine(disc, "DICOM"));
        DicomDirectoryWriter directory = new();
        DicomDataSet[] images =
        [
            Image("2.25.1", "Musterfall^Erika", "19640812", "N1"), Image("2.25.2", "Andersfall^Otto", "19510304", "N2", "M"),
            Image("2.25.3", "Drittfall^Ida", "19800506", "N3"),
        ];
        DicomDataSet lie = Image("2.25.2", "Musterfall^Erika", "19640812", "N1");
        for (int i = 0; i < images.Length; i++)
        {
            directory.Add(["DICOM", $"IM{i + 1}"], i == 1 ? lie : images[i], TransferSyntax.ExplicitLittleEndian.Uid);
            File.WriteAllBytes(Path.Combine(disc, "DICOM", $"IM{i + 1}"), DicomFileWriter.ToBytes(images[i]));
        }

        File.WriteAllBytes(Path.Combine(disc, "DICOMDIR"), directory.ToBytes("TEST"));
    }

    private static DicomDataSet Image(
        string uid, string name, string birthDate, string id, string sex = "F", string? issuer = "urn:north")
    {
        DicomDataSet image = new DicomDataSet()
            .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
            .Add(DicomTags.SOPInstanceUID, Uid.Parse(uid))
            .Add(DicomTags.Modality, "CT")
            .Add(DicomTags.PatientName, name)
            .Add(DicomTags.PatientID, id)
            .Add(DicomTags.PatientBirthDate, birthDate)
            .Add(DicomTags.PatientSex, sex)
            .Add(DicomTags.StudyInstanceUID, Uid.Parse(uid + ".1"))
            .Add(DicomTags.SeriesInstanceUID, Uid.Parse(uid + ".2"));
        return issuer is null ? image : image.Add(DicomTags.IssuerOfPatientID, issuer);
    }

    private async Task<long> OpenAsync(string family, string given, string birthDate, string identifier)
    {
        CommandRun run = await RunAsync(
            $"case create --specialty oncology --family {family} --given {given} --birth-date {birthDate} --question Surgery? "
            + $"--identifier {identifier} --json");
        using JsonDocument document = JsonDocument.Parse(run.Output);
        return document.RootElement.GetProperty("case").GetInt64();
    }

    private Task<CommandRun> RunAsync(string command) =>
        CommandRun.RunAsync([.. CommandText.Split(command), "--data", Path.Combine(_folder, "data")]);
}
