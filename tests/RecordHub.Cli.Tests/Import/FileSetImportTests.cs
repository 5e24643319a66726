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
        WriteDisc(disc);
        if (zipped)
        {
            ZipFile.CreateFromDirectory(disc, Path.Combine(_folder, "disc.zip"));
            Directory.Delete(disc, recursive: true);
        }

        Dictionary<string, ImportLine> lines = (await ImportAsync()).ToDictionary(line => Path.GetFileName(line.Path));
        Assert.That(lines["IM1"].Warnings, Is.Empty);
        Assert.That(lines["IM2"].Warnings, Is.EqualTo(new[] { "disagrees-with-dicomdir" }));
        Assert.That(lines["IM4"].Warnings, Is.EqualTo(new[] { "not-in-dicomdir" }));
        Assert.That(lines["IM3"].Reason, Does.StartWith("listed-in-dicomdir-and-missing: "));
        Assert.That(
            lines.Where(line => line.Value.Outcome == "filed").Select(line => line.Key),
            Is.EquivalentTo(new[] { "IM1", "IM2", "IM4" }));
    }

    [Test]
    public async Task Without_a_directory_there_is_nothing_to_contradict()
    {
        WriteDisc(Path.Combine(_folder, "disc"));
        File.Delete(Path.Combine(_folder, "disc", "DICOMDIR"));

        Assert.That((await ImportAsync()).SelectMany(line => line.Warnings), Is.Empty);
    }

    private static void WriteDisc(string disc)
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
    }

    private static DicomDataSet Image(string uid) => new DicomDataSet()
        .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
        .Add(DicomTags.SOPInstanceUID, Uid.Parse(uid))
        .Add(DicomTags.PatientID, "SYN-1")
        .Add(DicomTags.StudyInstanceUID, Uid.Parse("2.25.100"))
        .Add(DicomTags.SeriesInstanceUID, Uid.Parse("2.25.101"));

    private async Task<List<ImportLine>> ImportAsync()
    {
        List<ImportLine> lines = [];
        FakeHub hub = new((path, _) => Task.FromResult(Path.GetFileName(path) == "DICOMDIR"
            ? new ImportedView("unknown", "ignored", "a DICOM directory", null, null)
            : new ImportedView("dicom-instance", "filed", "because", "1", 1)));
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
