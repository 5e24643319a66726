using System.Text.Json;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;
using RecordHub.Interop.Tests.Losses;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>Orders of storage commitment over power cuts, and the command that gives them.</summary>
[CancelAfter(300_000)]
public sealed class CommitmentKillTests
{
    private const string Study = "2.25.7704";
    private const int Kills = 5;
    private string _folder = string.Empty;

    private string Data => Path.Combine(_folder, "data");

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("commit-kill-").FullName;
        Directory.CreateDirectory(Data);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task An_order_that_was_taken_is_reported_after_kill_nine(CancellationToken token)
    {
        await using TestSite site = TestSite.Start();
        await File.WriteAllTextAsync(
            Path.Combine(Data, "appsettings.json"),
            JsonSerializer.Serialize(new
            {
                Dicom = new { CommitmentRetrySeconds = 1 },
                Sites = new[] { new { Name = "North", AeTitle = "NORTH", Host = "127.0.0.1", site.Port } },
            }),
            token);
        HashSet<Uid> taken = [];
        for (int kill = 1; kill <= Kills; kill++)
        {
            await using RecordHubProcess hub = await RecordHubProcess.StartAsync(Data, token);
            await using TestSender sender = await TestSender.OpenAsync(hub.Dicom.Port, token);
            await LossHub.StoreAsync(sender, Study, kill, token);
            Uid transaction = Uid.Parse($"2.25.88{kill}");
            Assert.That(
                (await sender.CommitAsync(transaction, token, LossHub.InstanceOf(Study, kill), LossHub.InstanceOf(Study, 1000 + kill))).Status,
                Is.Zero);
            taken.Add(transaction);
            await hub.KillAsync();
        }

        await using RecordHubProcess last = await RecordHubProcess.StartAsync(Data, token);
        Dictionary<Uid, CommitmentReport> reports = [];
        while (reports.Count < Kills)
        {
            CommitmentReport report = await site.NextAsync(token);
            reports[report.TransactionUid] = report;
        }

        Assert.That(reports.Keys, Is.EquivalentTo(taken));
        for (int kill = 1; kill <= Kills; kill++)
        {
            CommitmentReport report = reports[Uid.Parse($"2.25.88{kill}")];
            Assert.That(report.Committed.Single().SopInstance, Is.EqualTo(LossHub.InstanceOf(Study, kill)));
            Assert.That(
                report.Failed.Select(failed => (failed.Reference.SopInstance, failed.Reason)),
                Is.EqualTo(new[] { (LossHub.InstanceOf(Study, 1000 + kill), (ushort)0x0112) }));
        }
    }

    [Test]
    public async Task The_command_hears_of_each_file_whether_it_is_committed(CancellationToken token)
    {
        string[] files = [.. Enumerable.Range(1, 3).Select(number => Path.Combine(_folder, $"{number}.dcm"))];
        for (int i = 0; i < files.Length; i++)
        {
            await File.WriteAllBytesAsync(files[i], DicomFileWriter.ToBytes(LossHub.Image(Study, i + 1)), token);
        }

        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(Data, token);
        (int sent, string output, string error) = await RecordHubProcess.CommandAsync(
            token, ["dicom", "send", hub.Dicom.ToString(), .. files[..2]]);
        Assert.That(sent, Is.Zero, output + error);

        (int all, output, error) = await RecordHubProcess.CommandAsync(
            token, ["dicom", "commit", hub.Dicom.ToString(), .. files[..2]]);
        Assert.That(all, Is.Zero, output + error);
        (int some, output, error) = await RecordHubProcess.CommandAsync(
            token, ["dicom", "commit", hub.Dicom.ToString(), .. files]);
        Assert.That(some, Is.EqualTo(3), output + error);
        Assert.That(output, Does.Contain("3.dcm: ").And.Contain("2 committed by the peer, 1 not."));
    }
}
