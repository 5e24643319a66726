using NUnit.Framework;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>Our C-FIND, C-GET and C-MOVE against DCMTK's dcmqrscp, which is strict about levels and keys.</summary>
[CancelAfter(180_000)]
public sealed class DcmqrscpQueryTests
{
    private const int Count = 40;
    private const string Explicit = "1.2.840.10008.1.2.1";
    private readonly Dictionary<string, byte[]> _sent = [];
    private DicomDoorHost _hub = null!;
    private Dcmqrscp _archive = null!;
    private string _folder = string.Empty;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await DicomDoorHost.StartAsync();
        _archive = await Dcmqrscp.StartAsync(_hub.Port, CancellationToken.None);
        using DcmtkFiles files = new();
        for (int i = 1; i <= Count; i++)
        {
            _sent[$"2.25.{7000 + i}"] = files.Write($"{i}.dcm", Explicit, 7000 + i, size: 64);
        }

        (int exitCode, string output) = await Peer.RunAsync(
            "dcmsend", CancellationToken.None, "-aec", "ARCHIVE", "127.0.0.1", $"{_archive.Port}", "+sd", files.PathOf("."));
        Assert.That(exitCode, Is.Zero, output);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _archive.DisposeAsync();
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
    [TestCase("STUDY", 1)]
    [TestCase("SERIES", 1)]
    [TestCase("IMAGE", Count)]
    public async Task Find_finds_at_every_level(string level, int count)
    {
        string[] unique = level switch
        {
            "SERIES" => ["-k", "StudyInstanceUID=2.25.1000"],
            "IMAGE" => ["-k", "StudyInstanceUID=2.25.1000", "-k", "SeriesInstanceUID=2.25.1001", "-k", "SOPInstanceUID"],
            _ => ["-k", "PatientID=SYN*"],
        };
        (int exitCode, string output, string error) = await RunAsync("find", ["--level", level, .. unique]);

        Assert.That((exitCode, Lines(output)), Is.EqualTo((0, count)), error + output);
    }

    [Test]
    public async Task Find_that_has_enough_is_cancelled_at_the_peer()
    {
        int before = Cancels();
        (int exitCode, string output, string error) = await RunAsync("find", "--level", "IMAGE", "-k", "StudyInstanceUID=2.25.1000",
            "-k", "SeriesInstanceUID=2.25.1001", "-k", "SOPInstanceUID", "--limit", "2");

        Assert.That((exitCode, Lines(output)), Is.EqualTo((0, 2)), error + output);
        Assert.That(Cancels(), Is.GreaterThan(before));
    }

    [Test]
    public async Task Get_brings_the_study_as_it_was_sent_in_the_study_root()
    {
        (int exitCode, string output, string error) = await RunAsync("get", "-k", "StudyInstanceUID=2.25.1000", "--out", _folder);

        Assert.That((exitCode, FetchCommands.Summary(output)), Is.EqualTo((0, (Count, 0, Count, 0))), error + output);
        Assert.That(FetchCommands.Completed(output), Is.EqualTo(Count));
        AssertWhole();
    }

    [Test]
    public async Task Get_in_the_patient_root_asks_for_the_patient_first()
    {
        (int exitCode, string output, string error) = await RunAsync("get", "-k", "PatientID=SYN*", "--patient-root", "--out", _folder);

        Assert.That((exitCode, FetchCommands.Summary(output)), Is.EqualTo((0, (Count, 0, Count, 0))), error + output);
        AssertWhole();
    }

    [Test]
    public async Task Get_that_is_cancelled_says_what_came_and_the_next_one_asks_for_the_rest()
    {
        (int exitCode, string output, string error) = await FetchCommands.RunAndCancelAsync(
            "\"received\"", "ARCHIVE", _archive.Port, "get", "-k", "StudyInstanceUID=2.25.1000", "--out", _folder);
        (int listed, _, int received, int missing) = FetchCommands.Summary(output);

        Assert.That(exitCode, Is.EqualTo(3), error + output);
        Assert.That((listed, received + missing), Is.EqualTo((Count, Count)));
        Assert.That(received, Is.InRange(1, Count / 2));
        Assert.That(error, Does.Contain("Cancelled"));

        (exitCode, output, error) = await RunAsync("get", "-k", "StudyInstanceUID=2.25.1000", "--out", _folder);
        Assert.That((exitCode, FetchCommands.Summary(output)), Is.EqualTo((0, (Count, received, missing, 0))), error + output);
        AssertWhole();
    }

    [Test]
    public async Task Get_goes_on_after_a_connection_that_broke()
    {
        await using CuttingProxy proxy = new(_archive.Port, cutConnection: 2, after: 60_000);
        (int exitCode, string output, string error) = await FetchCommands.RunAsync(
            "ARCHIVE", proxy.Port, "get", "-k", "StudyInstanceUID=2.25.1000", "--out", _folder);

        Assert.That((exitCode, FetchCommands.Summary(output)), Is.EqualTo((0, (Count, 0, Count, 0))), error + output);
        Assert.That(proxy.Connections, Is.EqualTo(3), "to list, cut, and once more");
        Assert.That(Lines(output), Is.EqualTo(Count + 1), "none twice, and the summary");
    }

    [Test]
    public async Task Move_counts_its_sub_operations()
    {
        (int exitCode, string output, string error) = await RunAsync("move", "--to", "RECORDHUB", "-k", "StudyInstanceUID=2.25.1000");

        Assert.That((exitCode, FetchCommands.Summary(output)), Is.EqualTo((0, (Count, 0, Count, 0))), error + output);
        Assert.That(FetchCommands.Completed(output), Is.EqualTo(Count));
        Assert.That(_hub.Received, Has.Count.EqualTo(Count));
        Assert.That(error, Does.Match("[0-9]+ sent, 0 failed, [0-9]+ left"));
    }

    [Test]
    public async Task Move_that_is_cancelled_ends_at_the_peer()
    {
        (int exitCode, string output, string error) = await FetchCommands.RunAndCancelAsync(
            " sent, ", "ARCHIVE", _archive.Port, "move", "--to", "RECORDHUB", "-k", "StudyInstanceUID=2.25.1000");

        Assert.That(exitCode, Is.EqualTo(1).Or.EqualTo(3), error + output);
        Assert.That(_hub.Received, Has.Count.LessThan(Count));
        Assert.That(error, Does.Contain("Cancelled"));
    }

    [Test]
    public async Task Move_to_where_the_archive_knows_nobody_says_so()
    {
        (int exitCode, _, string error) = await RunAsync("move", "--to", "NOBODY", "-k", "StudyInstanceUID=2.25.1000");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error, Does.Contain("A801"));
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string command, params string[] arguments) =>
        FetchCommands.RunAsync("ARCHIVE", _archive.Port, command, arguments);

    private int Cancels() => _archive.Log.Split('\n').Count(line => line.Contains("Cancel", StringComparison.OrdinalIgnoreCase));

    private static int Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private void AssertWhole() => Assert.That(
        Directory.EnumerateFiles(_folder).Select(path => (
            Path.GetFileNameWithoutExtension(path), Convert.ToHexString(DcmtkFiles.DataSetOf(File.ReadAllBytes(path))))),
        Is.EquivalentTo(_sent.Select(pair => (pair.Key, Convert.ToHexString(DcmtkFiles.DataSetOf(pair.Value))))));
}
