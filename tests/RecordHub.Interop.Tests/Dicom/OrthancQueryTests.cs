using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>Our C-FIND, C-GET and C-MOVE against Orthanc, by the commands that engineers use.</summary>
[CancelAfter(180_000)]
public sealed class OrthancQueryTests
{
    private const string Study = "2.25.5000";
    private const string Compressed = "2.25.6000";
    private readonly Dictionary<string, byte[]> _files = [];
    private DicomDoorHost _hub = null!;
    private Orthanc _orthanc = null!;
    private string _folder = string.Empty;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await DicomDoorHost.StartAsync();
        _orthanc = await Orthanc.StartAsync(Peer.FreePort(), _hub.Port, CancellationToken.None);
        for (int i = 1; i <= 12; i++)
        {
            await UploadAsync(Study, 5000 + i, TransferSyntax.ExplicitLittleEndian);
        }

        await UploadAsync(Compressed, 6001, TransferSyntax.Of(Uid.Parse("1.2.840.10008.1.2.4.90")));
        await UploadAsync(Compressed, 6002, TransferSyntax.ImplicitLittleEndian);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _orthanc.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-get-").FullName;
        _hub.Received.Clear();
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("PATIENT", 1)]
    [TestCase("STUDY", 2)]
    [TestCase("SERIES", 2)]
    public async Task Find_gives_a_line_of_json_for_each_match(string level, int count)
    {
        (int exitCode, string output, string error) = await RunAsync(
            "find", "--level", level, "-k", "PatientName=M*LLER*", "-k", "StudyInstanceUID", "-k", "SeriesInstanceUID");

        Assert.That(exitCode, Is.Zero, error);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(count), output);
        Assert.That(lines.Select(line => JsonNode.Parse(line)!["00100010"]!["Value"]![0]!["Alphabetic"]!.GetValue<string>()),
            Is.All.EqualTo("Müller^Erika"));
    }

    [Test]
    public async Task Find_is_cancelled_at_its_limit()
    {
        (int exitCode, string output, string error) = await RunAsync(
            "find", "--level", "IMAGE", "-k", $"StudyInstanceUID={Study}", "-k", $"SeriesInstanceUID={Study}.1", "-k", "SOPInstanceUID",
            "--limit", "3");

        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(3));
    }

    [TestCase(Study, 12)]
    [TestCase(Compressed, 2)]
    public async Task Get_brings_a_study_as_it_is_stored_and_a_second_run_only_what_is_missing(string study, int count)
    {
        (int exitCode, string output, string error) = await GetAsync(_orthanc.DicomPort, study);
        Assert.That((exitCode, FetchCommands.Summary(output)), Is.EqualTo((0, (count, 0, count, 0))), error + output);
        AssertWhole(count);

        string[] lost = [.. Directory.EnumerateFiles(_folder).Take(1)];
        File.Delete(lost[0]);
        (exitCode, output, error) = await GetAsync(_orthanc.DicomPort, study);
        Assert.That((exitCode, FetchCommands.Summary(output)), Is.EqualTo((0, (count, count - 1, 1, 0))), error + output);
        AssertWhole(count);
    }

    [Test]
    public async Task Get_goes_on_after_a_connection_that_broke_and_asks_only_for_what_is_missing()
    {
        await using CuttingProxy proxy = new(_orthanc.DicomPort, cutConnection: 2, after: 30_000);
        (int exitCode, string output, string error) = await GetAsync(proxy.Port, Study);

        Assert.That((exitCode, FetchCommands.Summary(output)), Is.EqualTo((0, (12, 0, 12, 0))), error + output);
        Assert.That(proxy.Connections, Is.EqualTo(3), "to list, cut, and once more");
        Assert.That(output.Split('\n').Count(line => line.Contains("received", StringComparison.Ordinal)), Is.EqualTo(13), "none twice");
        AssertWhole(12);
    }

    [Test]
    public async Task Get_that_is_cancelled_says_what_came_and_the_next_one_asks_for_the_rest()
    {
        (int exitCode, string output, string error) = await FetchCommands.RunAndCancelAsync(
            "\"received\"", "ORTHANC", _orthanc.DicomPort, "get", "-k", $"StudyInstanceUID={Study}", "--out", _folder);
        (int listed, _, int received, int missing) = FetchCommands.Summary(output);

        Assert.That(exitCode, Is.EqualTo(3), error + output);
        Assert.That((listed, received + missing), Is.EqualTo((12, 12)));
        Assert.That(received, Is.InRange(1, 11));

        (exitCode, output, error) = await GetAsync(_orthanc.DicomPort, Study);
        Assert.That((exitCode, FetchCommands.Summary(output)), Is.EqualTo((0, (12, received, missing, 0))), error + output);
        AssertWhole(12);
    }

    [Test]
    public async Task Move_to_ourselves_arrives_at_our_door()
    {
        (int exitCode, string output, string error) =
            await RunAsync("move", "--to", "RECORDHUB", "-k", $"StudyInstanceUID={Study}");

        Assert.That((exitCode, FetchCommands.Summary(output)), Is.EqualTo((0, (12, 0, 12, 0))), error + output);
        Assert.That(_hub.Received, Has.Count.EqualTo(12));
    }

    [Test]
    public async Task Move_to_where_Orthanc_knows_nobody_fails_with_its_words()
    {
        (int exitCode, _, string error) = await RunAsync("move", "--to", "NOBODY", "-k", $"StudyInstanceUID={Study}");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error, Does.Contain("status"));
    }

    private Task<(int ExitCode, string Output, string Error)> GetAsync(int port, string study) =>
        FetchCommands.RunAsync("ORTHANC", port, "get", "-k", $"StudyInstanceUID={study}", "--out", _folder);

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string command, params string[] arguments) =>
        FetchCommands.RunAsync("ORTHANC", _orthanc.DicomPort, command, arguments);

    private void AssertWhole(int count)
    {
        string[] paths = [.. Directory.EnumerateFiles(_folder)];
        Assert.That(paths, Has.Length.EqualTo(count));
        foreach (string path in paths)
        {
            Assert.That(DataSetOf(File.ReadAllBytes(path)),
                Is.EqualTo(DataSetOf(_files[Path.GetFileNameWithoutExtension(path)])), path);
        }
    }

    private static byte[] DataSetOf(byte[] file) => file[(int)DicomFile.ReadHeader(file).DataSetOffset..];

    private async Task UploadAsync(string study, int number, TransferSyntax syntax)
    {
        byte[] pixels = [.. Enumerable.Range(0, 8192).Select(i => (byte)((i * number) % 253))];
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.SpecificCharacterSet, "ISO_IR 100")
            .Add(DicomTags.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7")
            .Add(DicomTags.SOPInstanceUID, $"2.25.{number}")
            .Add(DicomTags.StudyInstanceUID, study)
            .Add(DicomTags.SeriesInstanceUID, $"{study}.1")
            .Add(DicomTags.Modality, "OT")
            .Add(DicomTags.PatientID, "SYN-1")
            .Add(DicomTags.PatientName, "Müller^Erika")
            .Add(DicomTags.InstanceNumber, number % 1000)
            .Add(DicomTags.SamplesPerPixel, 1)
            .Add(DicomTags.PhotometricInterpretation, "MONOCHROME2")
            .Add(DicomTags.Rows, 64)
            .Add(DicomTags.Columns, 64)
            .Add(DicomTags.BitsAllocated, 16)
            .Add(DicomTags.BitsStored, 16)
            .Add(DicomTags.HighBit, 15)
            .Add(DicomTags.PixelRepresentation, 0);
        dataSet = syntax.IsEncapsulated
            ? dataSet.AddFragments(DicomTags.PixelData, ReadOnlyMemory<byte>.Empty, pixels)
            : dataSet.Add(DicomTags.PixelData, DicomVr.OW, pixels);
        byte[] file = DicomFileWriter.ToBytes(dataSet, syntax);
        _files[$"2.25.{number}"] = file;
        await _orthanc.UploadAsync(file, CancellationToken.None);
    }
}
