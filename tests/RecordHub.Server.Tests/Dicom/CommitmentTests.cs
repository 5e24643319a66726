using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Core.Commitment;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>Storage commitment over real TCP and a real disk (PS3.4 Annex J).</summary>
[CancelAfter(60_000)]
public sealed class CommitmentTests
{
    private static readonly Uid s_instance = Uid.Parse("2.25.42");
    private static readonly Uid s_missing = Uid.Parse("2.25.43");
    private static readonly Uid s_transaction = Uid.Parse("2.25.7");

    [Test]
    public async Task A_sender_that_stays_is_told_on_its_own_association(CancellationToken token)
    {
        await using TestHub hub = await StartAsync();
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);
        await sender.StoreAsync(s_instance, token);

        Assert.That((await sender.CommitAsync(s_transaction, token, s_instance)).Status, Is.Zero);
        EventReport? all = await sender.Association.ReceiveReportAsync(token);
        await sender.CommitAsync(Uid.Parse("2.25.8"), token, s_instance, s_missing);
        EventReport? some = await sender.Association.ReceiveReportAsync(token);

        Assert.That((all?.EventTypeId, some?.EventTypeId), Is.EqualTo(((ushort?)1, (ushort?)2)));
        Assert.That(all?.DataSet.GetString(DicomTags.RetrieveAETitle), Is.EqualTo("RECORDHUB"));
        CommitmentReport report = StorageCommitment.ReadReport(some!.DataSet);
        Assert.That(report.Committed.Select(reference => reference.SopInstance), Is.EqualTo(new[] { s_instance }));
        Assert.That(report.Failed.Select(failed => (failed.Reference.SopInstance, failed.Reason)),
            Is.EqualTo(new[] { (s_missing, (ushort)0x0112) }));
        await UntilAsync(hub, CommitmentState.Reported, 2, token);
    }

    [Test]
    public async Task A_sender_that_left_is_called_with_the_roles_turned(CancellationToken token)
    {
        await using TestSite site = TestSite.Start();
        await using TestHub hub = await StartAsync(site.Port);
        await AskAndLeaveAsync(hub, token);

        CommitmentReport report = await site.NextAsync(token);

        Assert.That((report.TransactionUid, report.Committed.Single().SopInstance), Is.EqualTo((s_transaction, s_instance)));
        await UntilAsync(hub, CommitmentState.Reported, 1, token);
    }

    [Test]
    public async Task A_report_that_is_answered_with_an_error_comes_again_until_it_is_confirmed(CancellationToken token)
    {
        await using TestSite site = TestSite.Start();
        site.Answers.Enqueue(DimseStatus.ProcessingFailure);
        site.Answers.Enqueue(DimseStatus.NoSuchSopInstance);
        await using TestHub hub = await StartAsync(site.Port);
        await AskAndLeaveAsync(hub, token);

        for (int attempt = 1; attempt <= 3; attempt++)
        {
            Assert.That((await site.NextAsync(token)).TransactionUid, Is.EqualTo(s_transaction));
        }

        await UntilAsync(hub, CommitmentState.Reported, 1, token);
    }

    [Test]
    public async Task A_site_that_is_away_over_a_restart_is_told_when_it_is_back(CancellationToken token)
    {
        string data = Directory.CreateTempSubdirectory("recordhub-commit-").FullName;
        int port;
        await using (TestSite site = TestSite.Start())
        {
            port = site.Port;
        }

        await using (TestHub before = await StartAsync(port, data))
        {
            await AskAndLeaveAsync(before, token);
            await UntilTriedAsync(before, token);
        }

        await using (TestHub after = await StartAsync(port, data))
        {
            await using TestSite site = TestSite.Start(port);
            Assert.That((await site.NextAsync(token)).Committed, Has.Count.EqualTo(1));
            await UntilAsync(after, CommitmentState.Reported, 1, token);
        }

        Directory.Delete(data, recursive: true);
    }

    [Test]
    public async Task A_sender_that_cannot_be_called_is_told_when_it_comes_again(CancellationToken token)
    {
        await using TestHub hub = await StartAsync(retry: TimeSpan.FromHours(1));
        await AskAndLeaveAsync(hub, token);
        await UntilTriedAsync(hub, token);

        await using TestSender again = await TestSender.OpenAsync(hub.DicomPort, token);
        EventReport? report = await again.Association.ReceiveReportAsync(token);

        Assert.That(StorageCommitment.ReadReport(report!.DataSet).TransactionUid, Is.EqualTo(s_transaction));
    }

    [Test]
    public async Task A_sender_that_never_confirms_is_left_in_the_list_with_the_reason(CancellationToken token)
    {
        await using TestHub hub = await StartAsync(horizon: TimeSpan.Zero);
        await AskAndLeaveAsync(hub, token);

        CommitmentEntry entry = (await UntilAsync(hub, CommitmentState.Abandoned, 1, token)).Single();

        Assert.That((entry.CallingAeTitle, entry.References), Is.EqualTo(("NORTH", 1)));
        Assert.That(entry.Detail, Does.Contain("Host and Port"));
    }

    [Test]
    public async Task Bytes_that_rot_are_reported_and_stored_anew_by_the_next_send(
        [Values(0, 1 << 20)] int shared, CancellationToken token)
    {
        await using TestHub hub = await StartAsync(shared: shared);
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);
        await sender.StoreAsync(s_instance, token);
        await hub.Services.GetRequiredService<PipelineWaiter>().WaitUntilIdleAsync(TimeSpan.FromSeconds(30), token);
        string blob = Directory.GetFiles(Path.Combine(hub.Folder, "blobs"), "*", SearchOption.AllDirectories)
            .Single(static file => Path.GetExtension(file) is not (".held" or ".id"));
        byte[] bytes = await File.ReadAllBytesAsync(blob, token);
        bytes[500] ^= 1;
        await File.WriteAllBytesAsync(blob, bytes, token);

        Assert.That(await ReasonAsync(sender, Uid.Parse("2.25.7"), token), Is.EqualTo(0x0110));
        Assert.That((await sender.StoreAsync(s_instance, token)).Status, Is.Zero);
        Assert.That(await ReasonAsync(sender, Uid.Parse("2.25.8"), token), Is.Zero);
    }

    [Test]
    public async Task A_transaction_uid_that_is_used_for_something_else_is_0131_and_used_again_is_the_same(CancellationToken token)
    {
        await using TestHub hub = await StartAsync();
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);
        await sender.StoreAsync(s_instance, token);

        Assert.That(await ReasonAsync(sender, s_transaction, token), Is.Zero);
        Assert.That(await ReasonAsync(sender, s_transaction, token), Is.Zero, "asked again, told again");
        Assert.That((await sender.CommitAsync(s_transaction, token, s_missing)).Status, Is.Zero);
        EventReport? duplicate = await sender.Association.ReceiveReportAsync(token);
        Assert.That(StorageCommitment.ReadReport(duplicate!.DataSet).Failed.Single().Reason, Is.EqualTo(0x0131));
    }

    [Test]
    public async Task What_is_no_request_for_commitment_has_its_own_status(CancellationToken token)
    {
        await using TestHub hub = await StartAsync();
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);
        DicomDataSet request = StorageCommitment.ToDataSet(
            new CommitmentRequest(s_transaction, [new SopReference(TestSender.CtImage, s_instance)]));
        DicomDataSet nameless = StorageCommitment.ToDataSet(
            new CommitmentRequest(s_transaction, [new SopReference(TestSender.CtImage, s_instance)]));
        nameless.Remove(DicomTags.TransactionUID);

        NormalizedResponse[] answers =
        [
            await sender.ActAsync(WellKnownUids.StorageCommitmentInstance, 2, request, token),
            await sender.ActAsync(s_instance, 1, request, token),
            await sender.ActAsync(WellKnownUids.StorageCommitmentInstance, 1, nameless, token),
            await sender.Association.ActAsync(sender.Association.Contexts[0], s_instance, 1, request, token),
            await sender.Association.ReportAsync(sender.Association.Contexts[0], StorageCommitment.ToEvent(new(s_transaction, [], []), null), token),
        ];

        Assert.That(answers.Select(answer => (int)answer.Status), Is.EqualTo(new[] { 0x0123, 0x0112, 0x0120, 0x0211, 0x0211 }));
        Assert.That(answers.Select(answer => answer.Comment?.Length), Is.All.InRange(1, 64));
        Assert.That(await ListAsync(hub, CommitmentState.Waiting, token), Is.Empty);
    }

    private static Task<TestHub> StartAsync(
        int? port = null, string? keep = null, TimeSpan? retry = null, TimeSpan? horizon = null,
        int shared = 1 << 20) => TestHub.StartAsync(
        options => options with
        {
            MaxSharedBytes = shared,
            Commitment = new CommitmentOptions
            {
                FirstRetry = retry ?? TimeSpan.FromMilliseconds(50),
                LongestRetry = TimeSpan.FromHours(1),
                PollInterval = TimeSpan.FromMilliseconds(20),
                Quiet = TimeSpan.FromMilliseconds(20),
                Horizon = horizon ?? TimeSpan.FromDays(1),
            },
            Sites = [new SiteOptions { Name = "North", AeTitle = "NORTH", Host = port is null ? null : "127.0.0.1", Port = port }],
        },
        keep);

    private static async Task AskAndLeaveAsync(TestHub hub, CancellationToken token)
    {
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);
        await sender.StoreAsync(s_instance, token);
        Assert.That((await sender.CommitAsync(s_transaction, token, s_instance)).Status, Is.Zero);
        await sender.Association.ReleaseAsync(token);
    }

    private static async Task<int> ReasonAsync(TestSender sender, Uid transaction, CancellationToken token)
    {
        Assert.That((await sender.CommitAsync(transaction, token, s_instance)).Status, Is.Zero);
        EventReport? told = await sender.Association.ReceiveReportAsync(token);
        CommitmentReport report = StorageCommitment.ReadReport(told!.DataSet);
        Assert.That(report.TransactionUid, Is.EqualTo(transaction));
        return report.Failed.Count == 0 ? 0 : report.Failed.Single().Reason;
    }

    private static Task<IReadOnlyList<CommitmentEntry>> ListAsync(
        TestHub hub, CommitmentState state, CancellationToken token) =>
        hub.Services.GetRequiredService<ICommitmentStore>().ListAsync(state, null, 10, token);

    private static async Task<IReadOnlyList<CommitmentEntry>> UntilAsync(
        TestHub hub, CommitmentState state, int count, CancellationToken token)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        IReadOnlyList<CommitmentEntry> entries;
        while ((entries = await ListAsync(hub, state, token)).Count < count)
        {
            await timer.WaitForNextTickAsync(token);
        }

        return entries;
    }

    private static async Task UntilTriedAsync(TestHub hub, CancellationToken token)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        while (!(await ListAsync(hub, CommitmentState.Waiting, token)).Any(entry => entry.Detail.Length > 0))
        {
            await timer.WaitForNextTickAsync(token);
        }
    }
}
