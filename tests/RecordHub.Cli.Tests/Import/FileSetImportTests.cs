using System.IO.Compression;
using NUnit.Framework;
using RecordHub.Cli.Import;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Media;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Tests.Import;

/// <summary>A medium whose DICOMDIR is wrong in each way.</summary>
public sealed class FileSetImportTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("file-set-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(false)]
    [TestCase(true)]
    public async Task Each_contradiction_has_a_name_and_every_file_is_read_all_the_same(bool zipped)
    {
        string disc = Path.Combine(_folder, "disc");
        WriteDisc(disc, zipped);

        Dictionary<string, ImportLine> lines = (await ImportAsync()).ToDictionary(line => Path.GetFileName(line.Path));
        Assert.That(lines["IM1"].Warnings, Is.Empty);
        Assert.That(lines["IM2"].Warnings, Is.EqualTo(new[] { "disagrees-with-dicomdir" }));
        Assert.That(lines["IM4"].Warnings, Is.EqualTo(new[] { "not-in-dicomdir" }));
        Assert.That(lines["IM3"].Reason, Does.StartWith("listed-in-dicomdir-and-missing: "));
        Assert.That(lines["IM3"].Outcome, Is.EqualTo("rejected"));
        Assert.That(
            lines.Where(line => line.Value.Outcome == "filed").Select(line => line.Key),
            Is.EquivalentTo(new[] { "IM1", "IM2", "IM4" }));
    }

    [TestCase("ignored", "rejected", false)]
    [TestCase("ignored", "rejected", true)]
    [TestCase("filed", "filed", false)]
    [TestCase("filed", "filed", true)]
    public async Task What_the_directory_names_and_is_no_instance_is_said(string became, string outcome, bool zipped)
    {
        WriteDisc(Path.Combine(_folder, "disc"), zipped);

        Dictionary<string, ImportLine> lines = (await ImportAsync(new ImportedView("html", became, "because", null, null)))
            .ToDictionary(line => Path.GetFileName(line.Path));

        Assert.That(lines["IM1"].Outcome, Is.EqualTo(outcome));
        Assert.That(lines["IM1"].IsPart, Is.EqualTo(became == "filed"));
        Assert.That(lines["IM1"].Reason + string.Concat(lines["IM1"].Warnings), Does.Contain("names this file as an instance"));
        Assert.That(lines["IM4"].Outcome, Is.EqualTo(became), "it does not name this one");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_directory_that_breaks_off_is_said(bool zipped)
    {
        string disc = Path.Combine(_folder, "disc");
        WriteDisc(disc);
        byte[] directory = await File.ReadAllBytesAsync(Path.Combine(disc, "DICOMDIR"));
        await File.WriteAllBytesAsync(Path.Combine(disc, "DICOMDIR"), directory[..^300]);
        Zip(disc, zipped);

        ImportLine line = (await ImportAsync()).Single(line => Path.GetFileName(line.Path) == "DICOMDIR");

        Assert.That((line.Outcome, line.Reason.Split(':')[0]), Is.EqualTo(("rejected", "damaged-dicomdir")));
    }

    [Test]
    [Platform("Linux")]
    public async Task A_directory_that_cannot_be_opened_takes_nothing_from_the_files_below_it()
    {
        string disc = Path.Combine(_folder, "disc");
        WriteDisc(disc);
        File.Delete(Path.Combine(disc, "DICOMDIR"));
        File.CreateSymbolicLink(Path.Combine(disc, "DICOMDIR"), Path.Combine(_folder, "nowhere"));

        Dictionary<string, ImportLine> lines = (await ImportAsync()).ToDictionary(line => Path.GetFileName(line.Path));

        Assert.That(lines["DICOMDIR"].Outcome, Is.EqualTo("rejected"));
        Assert.That(new[] { "IM1", "IM2", "IM4" }.Select(name => lines[name].Outcome), Is.All.EqualTo("filed"));
    }

    [Test]
    public async Task Without_a_directory_there_is_nothing_to_contradict()
    {
        WriteDisc(Path.Combine(_folder, "disc"));
        File.Delete(Path.Combine(_folder, "disc", "DICOMDIR"));

        Assert.That((await ImportAsync()).SelectMany(line => line.Warnings), Is.Empty);
    }

    private void Zip(string disc, bool zipped)
    {
        if (zipped)
        {
            ZipFile.CreateFromDirectory(disc, Path.Combine(_folder, "disc.zip"));
            Directory.Delete(disc, recursive: true);
        }
    }

    private void WriteDisc(string disc, bool zipped = false)
    {
        Directory.CreateDirectory(Path.Combine(disc, "DICOM"));
        DicomDirectoryWriter directory = new();
        foreach ((string name, string listed, string written) in
            (IEnumerable<(string, string, string)>)[("IM1", "2.25.1", "2.25.1"), ("IM2", "2.25.2", "2.25.9"), ("IM3", "2.25.3", ""), ("IM4", "", "2.25.4")])
        {
            if (listed.Length > 0)
            {
                directory.Add(["DICOM", name], Image(listed), TransferSyntax.ExplicitLittleEndian.Uid);
            }

            if (written.Length > 0)
            {
                File.WriteAllBytes(Path.Combine(disc, "DICOM", name), DicomFileWriter.ToBytes(Image(written)));
            }
        }

        File.WriteAllBytes(Path.Combine(disc, "DICOMDIR"), directory.ToBytes("TEST"));
        Zip(disc, zipped);
    }

    private static DicomDataSet Image(string uid) => new DicomDataSet()
        .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
        .Add(DicomTags.SOPInstanceUID, Uid.Parse(uid))
        .Add(DicomTags.PatientID, "SYN-1")
        .Add(DicomTags.StudyInstanceUID, Uid.Parse("2.25.100"))
        .Add(DicomTags.SeriesInstanceUID, Uid.Parse("2.25.101"));

    private async Task<List<ImportLine>> ImportAsync(ImportedView? became = null)
    {
        List<ImportLine> lines = [];
        FakeHub hub = new((path, _) => Task.FromResult(Path.GetFileName(path) == "DICOMDIR"
            ? new ImportedView("unknown", "ignored", "a DICOM directory", null, null)
            : became ?? new ImportedView("dicom-instance", "filed", "because", "1", 1)));
        Importer importer = new(hub, new ImportOptions { Recursive = true }, null, done =>
        {
            lock (lines)
            {
                lines.AddRange(done);
            }
        });
        await importer.RunAsync([_folder], CancellationToken.None);
        return lines;
    }
}
