using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Server.Hosting;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>DCMTK's findscu, movescu and getscu against our door; movescu and our C-MOVE end in storescp.</summary>
[CancelAfter(120_000)]
public sealed class DcmtkQueryTests
{
    private QueryHub _hub = null!;
    private int _destination;
    private string _folder = string.Empty;

    [OneTimeSetUp]
    public async Task Start()
    {
        _destination = Peer.FreePort();
        _hub = await QueryHub.StartAsync(_destination, CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-query-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [TestCase("-P", "PATIENT", 1)]
    [TestCase("-P", "STUDY", 2)]
    [TestCase("-S", "STUDY", 2)]
    [TestCase("-S", "SERIES", 2)]
    [TestCase("-S", "IMAGE", 5)]
    public async Task Findscu_finds_at_every_level(string model, string level, int count)
    {
        (int exitCode, string output) = await RunAsync("findscu", model, "-X", "-od", _folder,
            "-k", $"QueryRetrieveLevel={level}", "-k", "PatientName=muster*", "-k", "StudyInstanceUID");

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(Directory.EnumerateFiles(_folder).Count(), Is.EqualTo(count), output);
    }

    [Test]
    public async Task Findscu_reads_what_it_is_answered()
    {
        (_, string output) = await RunAsync("findscu", "-S", "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={QueryHub.Ct}",
            "-k", "ModalitiesInStudy=CT", "-k", "NumberOfStudyRelatedInstances", "-k", "StudyDescription", "-k", "StudyDate=20260401-");

        Assert.That(output, Does.Contain("ISO_IR 192").And.Contain("Schädel nativ").And.Contain("ONLINE").And.Contain("RECORDHUB"));
        Assert.That(output, Does.Match(@"\(0020,1208\) IS \[3 ?\]"));
    }

    [Test]
    public async Task Findscu_cancels_a_search_without_end()
    {
        InstanceMatch match = new()
        {
            Sample = new StoredInstance
            {
                Case = new CaseNumber(1),
                PatientId = "p",
                RecordId = "r",
                Blob = default,
                Length = 1,
                DataSet = default,
                Facts = new InstanceFacts
                {
                    StudyInstanceUid = "2.25.1",
                    SeriesInstanceUid = "2.25.2",
                    SopInstanceUid = "2.25.3",
                    SopClassUid = QueryHub.CtClass,
                    TransferSyntaxUid = QueryHub.Explicit,
                    Metadata = "{}"u8.ToArray(),
                },
            },
        };
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(
            options => options with
            {
                Sites = [new SiteOptions { Name = "North", AeTitle = "NORTH", Verbs = SiteVerbs.Find }],
            },
            matches: query => [.. Enumerable.Repeat(match, query.Limit + 1)]);
        (int exitCode, string output) = await Peer.RunAsync("findscu", Token, "-d", "-S", "-aet", "NORTH", "-aec", "RECORDHUB",
            "--cancel", "3", "-k", "QueryRetrieveLevel=STUDY", "127.0.0.1", $"{host.Port}");

        Assert.That(exitCode, Is.Zero, output[^2000..]);
        Assert.That(output[^2000..], Does.Contain("0xfe00").IgnoreCase);
    }

    [Test]
    public async Task Findscu_is_told_what_is_wrong_with_its_identifier()
    {
        (_, string output) = await RunAsync("findscu", "-d", "-S", "-k", "QueryRetrieveLevel=FRAME", "-k", "StudyInstanceUID");

        Assert.That(output, Does.Contain("0xa900").IgnoreCase);
        Assert.That(output, Does.Contain("Query/Retrieve Level is none of the standard"));
    }

    [Test]
    public async Task Movescu_moves_to_storescp_untouched_and_storescp_hears_who_asked()
    {
        string received = Directory.CreateDirectory(Path.Combine(_folder, "received")).FullName;
        string log = Path.Combine(_folder, "log");
        await using Peer storescp = await Peer.ServeAsync(
            "storescp", _destination, Token, "+xa", "+B", "-od", received, "-lc", await DcmtkLog.ConfigureAsync(_folder, log, Token),
            $"{_destination}");
        (int exitCode, string output) = await RunAsync(
            "movescu", "-d", "-S", "-aem", "NORTH", "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={QueryHub.Mr}");

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Match("Completed Suboperations *: 2"));
        AssertReceived(received, "2.25.2001", "2.25.2002");
        Assert.That(await File.ReadAllTextAsync(log, Token), Does.Match("Move Originator AE Title *: NORTH"));
    }

    [Test]
    public async Task Movescu_moves_only_what_is_missing_when_it_names_instances()
    {
        string received = Directory.CreateDirectory(Path.Combine(_folder, "received")).FullName;
        await using Peer storescp = await Peer.ServeAsync("storescp", _destination, Token, "+xa", "+B", "-od", received, $"{_destination}");
        (int exitCode, string output) = await RunAsync("movescu", "-S", "-aem", "NORTH", "-k", "QueryRetrieveLevel=IMAGE",
            "-k", $"StudyInstanceUID={QueryHub.Ct}", "-k", $"SeriesInstanceUID={QueryHub.Ct}.1", "-k", "SOPInstanceUID=2.25.1002");

        Assert.That(exitCode, Is.Zero, output);
        AssertReceived(received, "2.25.1002");
    }

    [Test]
    public async Task Movescu_hears_of_a_destination_that_takes_only_some()
    {
        string received = Directory.CreateDirectory(Path.Combine(_folder, "received")).FullName;
        await using Peer storescp = await Peer.ServeAsync("storescp", _destination, Token, "+xi", "-od", received, $"{_destination}");
        (_, string output) = await RunAsync(
            "movescu", "-d", "-S", "-aem", "NORTH", "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={QueryHub.Mr}");

        Assert.That(output, Does.Contain("0xb000").IgnoreCase);
        Assert.That(output, Does.Contain("JPEG 2000").And.Contain("2.25.2002"));
        Assert.That(Directory.EnumerateFiles(received).Count(), Is.EqualTo(1));
    }

    [TestCase("NOBODY", "0xa801")]
    [TestCase("SOUTH", "0xa801")]
    public async Task Movescu_is_told_that_the_destination_is_unknown(string destination, string status)
    {
        (_, string output) = await RunAsync(
            "movescu", "-d", "-S", "-aem", destination, "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={QueryHub.Mr}");

        Assert.That(output, Does.Contain(status).IgnoreCase);
        Assert.That(output, Does.Contain("here"));
    }

    [Test]
    public async Task Getscu_gets_a_study_untouched()
    {
        (int exitCode, string output) = await RunAsync(
            "getscu", "-d", "-S", "+B", "-od", _folder, "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={QueryHub.Ct}");

        Assert.That(exitCode, Is.Zero, output);
        AssertReceived(_folder, "2.25.1001", "2.25.1002", "2.25.1003");
    }

    [Test]
    public async Task Getscu_gets_compressed_instances_when_it_takes_them()
    {
        (int exitCode, string output) = await RunAsync("getscu", "-d", "-S", "+xv", "+B", "-od", _folder,
            "-k", "QueryRetrieveLevel=IMAGE", "-k", $"StudyInstanceUID={QueryHub.Mr}", "-k", "SOPInstanceUID=2.25.2002");

        Assert.That(exitCode, Is.Zero, output);
        AssertReceived(_folder, "2.25.2002");
    }

    [Test]
    public async Task A_site_without_the_verbs_is_refused_by_context()
    {
        (int exitCode, string output) = await Peer.RunAsync("findscu", Token, "-v", "-S", "-aet", "SENDER", "-aec", "RECORDHUB",
            "-k", "QueryRetrieveLevel=STUDY", "127.0.0.1", $"{_hub.Port}");

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(output, Does.Contain("No Acceptable Presentation Contexts"));
    }

    /// <summary>Runs a tool as site North.</summary>
    private Task<(int ExitCode, string Output)> RunAsync(string tool, params string[] arguments) => Peer.RunAsync(
        tool, Token, ["-v", "-aet", "NORTH", "-aec", "RECORDHUB", .. arguments, "127.0.0.1", $"{_hub.Port}"]);

    private void AssertReceived(string folder, params string[] instances)
    {
        Dictionary<string, byte[]> received = [];
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            byte[] file = File.ReadAllBytes(path);
            DicomHeader header = DicomFile.ReadHeader(file);
            received[header.DataSet.GetString(DicomTags.SOPInstanceUID) ?? path] = file[(int)header.DataSetOffset..];
        }

        Assert.That(received.Keys, Is.EquivalentTo(instances));
        foreach (string instance in instances)
        {
            Assert.That(received[instance], Is.EqualTo(_hub.Sent[instance]), instance);
        }
    }
}
