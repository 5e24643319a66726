using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>DCMTK's tools against our door, and our requestor against DCMTK's receiver.</summary>
[CancelAfter(120_000)]
public sealed class DcmtkTests
{
    private DcmtkFiles _files = null!;

    [SetUp]
    public void CreateFolder() => _files = new DcmtkFiles();

    [TearDown]
    public void RemoveFolder() => _files.Dispose();

    [Test]
    public async Task Echoscu_is_answered(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync();
        (int exitCode, string output) = await Peer.RunAsync(
            "echoscu", token, "-v", "-aec", "RECORDHUB", "127.0.0.1", $"{host.Port}");

        Assert.That(exitCode, Is.Zero, output);
    }

    [TestCase("STRANGER", "RECORDHUB", "Calling AE Title Not Recognized")]
    [TestCase("NORTH", "SOMEBODY", "Called AE Title Not Recognized")]
    public async Task Echoscu_is_told_what_is_wrong_with_its_titles(string calling, string called, string told)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(options => options with
        {
            AcceptUnknownCallers = false,
            Sites = [new SiteOptions { Name = "North", AeTitle = "NORTH" }],
        });
        (int exitCode, string output) = await Peer.RunAsync(
            "echoscu", token, "-v", "-aet", calling, "-aec", called, "127.0.0.1", $"{host.Port}");

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(output, Does.Contain(told));
    }

    [TestCase("1.2.840.10008.1.2", "-xi")]
    [TestCase("1.2.840.10008.1.2.1", "-xe")]
    [TestCase("1.2.840.10008.1.2.2", "-xb")]
    [TestCase("1.2.840.10008.1.2.1.99", "-xd")]
    public async Task Storescu_sends_every_native_syntax_and_it_is_kept_as_it_came(string syntax, string option)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await DicomDoorHost.StartAsync();
        byte[] file = _files.Write("one.dcm", syntax, 1);
        (int exitCode, string output) = await Peer.RunAsync(
            "storescu", token, "-v", option, "-aec", "RECORDHUB", "127.0.0.1", $"{host.Port}", _files.PathOf("one.dcm"));

        Assert.That(exitCode, Is.Zero, output);
        (Source source, _, byte[] content) = host.Received.Single();
        Assert.That(source.Sender, Is.EqualTo("STORESCU"));
        DicomHeader header = DicomFile.ReadHeader(content);
        Assert.That(header.TransferSyntax.Uid.ToString(), Is.EqualTo(syntax));
        Assert.That(header.DataSet.GetUid(DicomTags.SOPInstanceUID).ToString(), Is.EqualTo("2.25.1"));
        if (option != "-xd")
        {
            // DCMTK deflates anew; all else it sends as it was.
            Assert.That(DcmtkFiles.DataSetOf(content), Is.EqualTo(DcmtkFiles.DataSetOf(file)));
        }
    }

    [TestCase("1.2.840.10008.1.2.4.50")]
    [TestCase("1.2.840.10008.1.2.4.80")]
    [TestCase("1.2.840.10008.1.2.4.90")]
    [TestCase("1.2.840.10008.1.2.5")]
    public async Task Dcmsend_sends_a_folder_of_encapsulated_instances_untouched(string syntax)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await DicomDoorHost.StartAsync();
        List<byte[]> files = [.. Enumerable.Range(1, 20).Select(i => _files.Write($"{i}.dcm", syntax, i))];
        (int exitCode, string output) = await Peer.RunAsync(
            "dcmsend", token, "-v", "-dn", "+sd", "-aec", "RHCASE7", "127.0.0.1", $"{host.Port}", _files.PathOf(string.Empty));

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(host.Received, Has.Count.EqualTo(20));
        Assert.That(host.Received.Select(item => item.Source.Case.Value), Is.All.EqualTo(7));
        Assert.That(host.Received.Select(item => Convert.ToHexString(DcmtkFiles.DataSetOf(item.Content))),
            Is.EquivalentTo(files.Select(file => Convert.ToHexString(DcmtkFiles.DataSetOf(file)))));
    }

    [Test]
    public async Task A_refusal_reaches_storescu_as_a_failure(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(intake: (_, _, _) =>
            Task.FromResult<IntakeOutcome>(new IntakeOutcome.Refused(RefusalReason.OutOfResources, "disk is full")));
        _files.Write("one.dcm", "1.2.840.10008.1.2.1", 1);
        (int exitCode, string output) = await Peer.RunAsync(
            "storescu", token, "-d", "-aec", "RECORDHUB", "127.0.0.1", $"{host.Port}", _files.PathOf("one.dcm"));

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(output, Does.Contain("disk is full").And.Contain("a700").IgnoreCase);
    }

    [Test]
    public async Task Our_requestor_is_understood_by_storescp(CancellationToken token)
    {
        int port = Peer.FreePort();
        byte[] file = _files.Write("one.dcm", "1.2.840.10008.1.2.1", 1);
        string received = _files.Folder("received");
        await using Peer storescp = await Peer.ServeAsync(
            "storescp", port, token, "+B", "-od", received, "--fork", $"{port}");
        using TcpPipe pipe = await TcpPipe.ConnectAsync(port, token);
        Uid sopClass = Uid.Parse("1.2.840.10008.5.1.4.1.1.7");
        Uid syntax = Uid.Parse("1.2.840.10008.1.2.1");
        await using (AssociationRequestor requestor = await AssociationRequestor.OpenAsync(
            pipe, new RequestorOptions { CallingAeTitle = "RECORDHUB", CalledAeTitle = "STORESCP" },
            [new PresentationContext(1, sopClass, [syntax]), .. Verification(3)], TimeProvider.System, token))
        {
            Assert.That(await requestor.EchoAsync(token), Is.EqualTo(DimseStatus.Success));
            AcceptedContext? context = requestor.FindContext(sopClass, syntax);
            Assert.That(context, Is.Not.Null);
            StoreResponse response = await requestor.StoreAsync(
                context!, Uid.Parse("2.25.1"), new MemoryStream(DcmtkFiles.DataSetOf(file)), token);
            Assert.That(response.Status, Is.EqualTo(DimseStatus.Success));
            await requestor.ReleaseAsync(token);
        }

        string stored = Directory.EnumerateFiles(received).Single();
        Assert.That(DcmtkFiles.DataSetOf(await File.ReadAllBytesAsync(stored, token)), Is.EqualTo(DcmtkFiles.DataSetOf(file)));
    }

    private static IEnumerable<PresentationContext> Verification(byte id) =>
        ContextPlan.Verification.Select(context => context with { Id = id });
}
