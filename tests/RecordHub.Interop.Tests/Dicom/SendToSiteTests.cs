using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Interop.Tests.Installation;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary><c>recordhub send</c> to Orthanc, by C-STORE and by STOW-RS, and to another RecordHub that commits.</summary>
[CancelAfter(180_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SendToSiteTests : IDisposable
{
    private const string Study = "2.25.9000";
    private const int Images = 6;
    private readonly CaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestCase("dicom")]
    [TestCase("dicomweb")]
    public async Task A_case_arrives_as_it_came_but_for_its_preamble_and_is_not_sent_again(string way)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        (string number, byte[][] images) = await FillAsync();
        await using Orthanc orthanc = await StartAsync(token, dicomWeb: way == "dicomweb");
        await AddSiteAsync(way == "dicom"
            ? ["--ae", "ORTHANC", "--host", "127.0.0.1", "--port", $"{orthanc.DicomPort}"]
            : ["--dicomweb", $"{orthanc.DicomWeb}"]);

        (int exitCode, string output, string error) = await SendAsync(number);

        Assert.That((exitCode, Count(output, "stored")), Is.EqualTo((0, Images)), error + output);
        IReadOnlyDictionary<string, byte[]> arrived = await orthanc.FilesAsync(token);
        Assert.That(arrived, Has.Count.EqualTo(Images));
        foreach (byte[] image in images)
        {
            DicomHeader header = DicomFile.ReadHeader(image);
            byte[] file = arrived[header.DataSet.GetUid(DicomTags.SOPInstanceUID).ToString()];
            Assert.That(DcmtkFiles.DataSetOf(file), Is.EqualTo(DcmtkFiles.DataSetOf(image)));
            Assert.That(file[..128], Is.All.Zero);
        }

        (exitCode, output, error) = await SendAsync(Study, "--resume");
        Assert.That((exitCode, Count(output, "stored")), Is.EqualTo((0, Images)), "of the study there is no journal yet: " + error);
        (exitCode, output, error) = await SendAsync(number, "--resume");
        Assert.That((exitCode, Count(output, "stored"), Count(output, "storedBefore")), Is.EqualTo((0, 0, Images)), error);
    }

    [Test]
    public async Task Sending_that_was_cut_goes_on_with_what_the_site_has_not_stored(CancellationToken token)
    {
        (string number, _) = await FillAsync();
        await using Orthanc orthanc = await StartAsync(token);

        // The acceptance and the answers to two or three instances.
        await using CuttingProxy proxy = new(orthanc.DicomPort, cutConnection: 1, after: 700);
        await AddSiteAsync("--ae", "ORTHANC", "--host", "127.0.0.1", "--port", $"{proxy.Port}");

        (int exitCode, string output, string error) = await SendAsync(number);
        int stored = Count(output, "stored");
        Assert.That(exitCode, Is.EqualTo(3), error + output);
        Assert.That(stored, Is.InRange(1, Images - 1), output);
        Assert.That(Count(output, "unanswered"), Is.EqualTo(1), output);
        Assert.That(error, Does.Contain("run it again").Or.Contain("send again"));

        (exitCode, output, error) = await SendAsync(number, "--resume");
        Assert.That((exitCode, Count(output, "storedBefore"), Count(output, "stored")),
            Is.EqualTo((0, stored, Images - stored)), error + output);
        Assert.That(await orthanc.FilesAsync(token), Has.Count.EqualTo(Images));
    }

    [Test]
    public async Task Reconciled_instances_name_the_cases_patient_and_keep_what_they_came_with(CancellationToken token)
    {
        (string number, _) = await FillAsync();
        await using Orthanc orthanc = await StartAsync(token);
        await AddSiteAsync("--ae", "ORTHANC", "--host", "127.0.0.1", "--port", $"{orthanc.DicomPort}");

        (int exitCode, string output, string error) = await SendAsync(Study, "--case", number, "--reconciled");

        Assert.That((exitCode, Count(output, "stored")), Is.EqualTo((0, Images)), error + output);
        foreach (byte[] file in (await orthanc.FilesAsync(token)).Values)
        {
            DicomDataSet dataSet = DicomFile.ReadHeader(file).DataSet;
            DicomDataSet before = dataSet.GetSequence(DicomTags.OriginalAttributesSequence).Single()
                .GetSequence(DicomTags.ModifiedAttributesSequence).Single();
            Assert.That(dataSet.GetString(DicomTags.PatientName), Is.EqualTo("Musterfall^Synthia"));
            Assert.That(before.GetString(DicomTags.PatientName), Is.EqualTo("MUSTERFALL^SYNTHIA^MARIA"));
        }

        Assert.That(Directory.EnumerateFiles(Path.Combine(_folder.Data, "sends")).Select(Path.GetExtension),
            Is.EqualTo([".journal"]), "no copy is left");
    }

    [Test]
    public async Task A_site_that_commits_is_asked_and_says_what_it_answers_for(CancellationToken token)
    {
        (string number, _) = await FillAsync();
        string there = Directory.CreateDirectory(_folder.PathOf("there")).FullName;
        await using RecordHubProcess site = await RecordHubProcess.StartAsync(there, token);
        await AddSiteAsync("--ae", "RECORDHUB", "--host", "127.0.0.1", "--port", $"{site.Dicom.Port}");

        (int exitCode, string output, string error) = await SendAsync(number, "--commit", "--wait", "30");

        Assert.That(exitCode, Is.Zero, error + output);
        Assert.That(output.Split('\n').Count(line => line.Contains("\"committed\":true", StringComparison.Ordinal)), Is.EqualTo(Images));
    }

    [Test]
    public async Task A_site_that_reports_elsewhere_has_stored_everything_and_is_said_not_to_have_answered(CancellationToken token)
    {
        (string number, _) = await FillAsync();
        await using Orthanc orthanc = await StartAsync(token);
        await AddSiteAsync("--ae", "ORTHANC", "--host", "127.0.0.1", "--port", $"{orthanc.DicomPort}");

        (int exitCode, string output, string error) = await SendAsync(number, "--commit", "--wait", "1");

        Assert.That((exitCode, Count(output, "stored")), Is.EqualTo((3, Images)), error + output);
        Assert.That(error, Does.Contain("committed").Or.Contain("commitment").Or.Contain("no report"));
    }

    [Test]
    public async Task A_tenants_site_is_sent_nothing_of_another_tenant()
    {
        (string number, _) = await FillAsync();
        await AddSiteAsync("--ae", "ORTHANC", "--host", "127.0.0.1", "--port", "1", "--tenant", "other");

        (int exitCode, _, string error) = await SendAsync(number);
        (int ofStudy, _, string studyError) = await SendAsync(Study);

        Assert.That((exitCode, ofStudy), Is.EqualTo((1, 1)));
        Assert.That(error, Does.Contain("There is no case"));
        Assert.That(studyError, Does.Contain("nothing to send"));
    }

    [Test]
    public async Task Where_nobody_answers_nothing_is_sent_and_the_operator_is_told_what_to_do()
    {
        (string number, _) = await FillAsync();
        await AddSiteAsync("--dicomweb", $"http://127.0.0.1:{Peer.FreePort()}/dicom-web");

        (int exitCode, string output, string error) = await SendAsync(number);

        Assert.That((exitCode, Count(output, "unanswered"), Count(output, "unsent")), Is.EqualTo((1, 1, Images - 1)), output);
        Assert.That(error, Does.Contain("does not answer").And.Contain("--resume"));
    }

    private Task<(int ExitCode, string Output, string Error)> SendAsync(string what, params string[] options) =>
        _folder.RunAsync(["send", what, "--to", "North", "--json", .. options]);

    private async Task AddSiteAsync(params string[] options)
    {
        (int exitCode, _, string error) = await _folder.RunAsync(["site", "add", "North", .. options]);
        Assert.That(exitCode, Is.Zero, error);
    }

    private static Task<Orthanc> StartAsync(CancellationToken token, bool dicomWeb = false) =>
        Orthanc.StartAsync(Peer.FreePort(), Peer.FreePort(), token, dicomWeb);

    private static int Count(string output, string what) => CaseFolder.Summary(output)[what]!.GetValue<int>();

    private async Task<(string Number, byte[][] Images)> FillAsync()
    {
        string number = await _folder.CreateCaseAsync();
        byte[][] images = [.. Enumerable.Range(1, Images).Select(i => CaseFolder.Image(Study, i))];
        await _folder.FileAsync(number, images);
        return (number, images);
    }
}
