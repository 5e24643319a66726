using System.Globalization;
using NUnit.Framework;
using RecordHub.Cli;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>Uncompressed instances go to DCMTK where it takes only one little endian syntax, by every way out.</summary>
[CancelAfter(180_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DcmtkConversionTests : IDisposable
{
    private const string Implicit = "1.2.840.10008.1.2";
    private const string Explicit = "1.2.840.10008.1.2.1";
    private const string Study = "2.25.5000";
    private static readonly string[] s_native = [Implicit, Explicit, "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"];
    private readonly DcmtkFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task Dicom_send_reaches_a_receiver_of_implicit_alone_with_all_that_is_uncompressed()
    {
        int port = Peer.FreePort();
        string received = _files.Folder("received");
        string sent = _files.Folder("sent");
        for (int i = 0; i < s_native.Length; i++)
        {
            _files.Write(Path.Combine("sent", $"{i}.dcm"), s_native[i], i + 1, size: 300);
        }

        _files.Write(Path.Combine("sent", "compressed.dcm"), "1.2.840.10008.1.2.4.90", 9);
        await using Peer storescp = await Peer.ServeAsync("storescp", port, Token, "+xi", "+B", "-od", received, $"{port}");
        StringWriter output = new(CultureInfo.InvariantCulture);
        StringWriter error = new(CultureInfo.InvariantCulture);
        int exitCode = await CommandLine.RunAsync(["dicom", "send", $"127.0.0.1:{port}", sent], output, error, Token);

        Assert.That(exitCode, Is.EqualTo(3), $"{output}{error}");
        Assert.That(output.ToString(), Does.Contain("4 stored by the peer, 1 not sent."));
        Dictionary<string, byte[]> arrived = DataSets(received, Implicit);
        Assert.That(arrived.Keys, Is.EquivalentTo(new[] { "2.25.1", "2.25.2", "2.25.3", "2.25.4" }));
        for (int i = 1; i <= s_native.Length; i++)
        {
            Assert.That(arrived[$"2.25.{i}"], Is.EqualTo(DcmtkFiles.DataSetOf(_files.Write("expected.dcm", Implicit, i, size: 300))));
        }
    }

    [Test]
    public async Task A_case_reaches_a_site_of_implicit_alone()
    {
        using CaseFolder folder = new();
        string number = await folder.CreateCaseAsync();
        await folder.FileAsync(number, [.. Enumerable.Range(1, 3).Select(i => CaseFolder.Image(Study, i))]);
        int port = Peer.FreePort();
        string received = _files.Folder("received");
        await folder.RunAsync("site", "add", "North", "--ae", "STORESCP", "--host", "127.0.0.1", "--port", $"{port}");
        await using Peer storescp = await Peer.ServeAsync("storescp", port, Token, "+xi", "+B", "-od", received, $"{port}");

        (int exitCode, string output, string error) = await folder.RunAsync("send", number, "--to", "North", "--reconciled");

        Assert.That(exitCode, Is.Zero, output + error);
        Assert.That(DataSets(received, Implicit), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Movescu_brings_in_implicit_and_getscu_in_explicit_what_is_stored_in_any_uncompressed_syntax()
    {
        int port = Peer.FreePort();
        await using QueryHub hub = await QueryHub.StartAsync(port, Token);
        await hub.SendAsync("NORTH", Token, [.. s_native.Select((stored, i) => (Study, QueryHub.CtClass, 5001 + i, stored))]);
        await hub.WaitUntilIdleAsync(Token);
        string moved = _files.Folder("moved");
        string got = _files.Folder("got");
        string[] titles = ["-d", "-S", "-aet", "NORTH", "-aec", "RECORDHUB"];
        string[] asked = ["-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={Study}", "127.0.0.1", $"{hub.Port}"];

        await using (await Peer.ServeAsync("storescp", port, Token, "+xi", "+B", "-od", moved, $"{port}"))
        {
            (int exitCode, string output) = await Peer.RunAsync("movescu", Token, [.. titles, "-aem", "NORTH", .. asked]);
            Assert.That(exitCode, Is.Zero, output);
        }

        (int getExitCode, string getOutput) = await Peer.RunAsync("getscu", Token, [.. titles, "+B", "-od", got, .. asked]);

        Assert.That(getExitCode, Is.Zero, getOutput);
        Assert.That(DataSets(moved, Implicit), Is.EquivalentTo(Expected(Implicit)));
        Assert.That(DataSets(got, Explicit), Is.EquivalentTo(Expected(Explicit)));
    }

    private static Dictionary<string, byte[]> Expected(string syntax) => Enumerable.Range(5001, s_native.Length).ToDictionary(
        number => $"2.25.{number}", number => QueryHub.DataSet(Study, QueryHub.CtClass, number, syntax));

    private static Dictionary<string, byte[]> DataSets(string folder, string syntax)
    {
        Dictionary<string, byte[]> dataSets = [];
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            byte[] file = File.ReadAllBytes(path);
            DicomHeader header = DicomFile.ReadHeader(file);
            Assert.That(header.TransferSyntax.Uid.ToString(), Is.EqualTo(syntax));
            Assert.That(header.TruncatedAt, Is.Null);
            dataSets[header.DataSet.GetUid(DicomTags.SOPInstanceUID).ToString()] = file[(int)header.DataSetOffset..];
        }

        return dataSets;
    }
}
