using NUnit.Framework;
using RecordHub.Core.Commitment;
using RecordHub.Core.Intake;
using RecordHub.Core.Tests.Intake;
using RecordHub.Core.Tests.Stores;

namespace RecordHub.Core.Tests.Commitment;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CommitmentStepTests
{
    private const string Mr = "1.2.840.10008.5.1.4.1.1.4";
    private static readonly InstanceReference s_ct = new(DicomBytes.CtImage, DicomBytes.Instance);

    private readonly MemoryBlobs _blobs = new();
    private readonly MemoryStore _items = new();

    [Test]
    public async Task A_stored_instance_whose_bytes_are_as_received_is_committed()
    {
        await StoreAsync(Stored());

        Assert.That(await CheckAsync(s_ct), Is.Null);
    }

    [Test]
    public async Task One_that_is_not_here_is_not() =>
        Assert.That(await CheckAsync(s_ct), Is.EqualTo(CommitmentFailure.NoSuchObjectInstance));

    [Test]
    public async Task A_service_is_no_class_that_could_be_stored() => Assert.That(
        await CheckAsync(new InstanceReference("1.2.840.10008.5.1.4.1.2.2.1", "1.2.3")),
        Is.EqualTo(CommitmentFailure.ReferencedSopClassNotSupported));

    [Test]
    public async Task An_instance_of_another_class_is_a_conflict()
    {
        await StoreAsync(Stored());

        Assert.That(await CheckAsync(s_ct with { SopClassUid = Mr }), Is.EqualTo(CommitmentFailure.ClassInstanceConflict));
    }

    [Test]
    public async Task Bytes_that_changed_are_no_success_and_are_taken_out_of_the_way_of_the_next_try()
    {
        ContentHash hash = await StoreAsync(Stored());
        _blobs.Damage(hash);

        Assert.That(await CheckAsync(s_ct), Is.EqualTo(CommitmentFailure.ProcessingFailure));
        Assert.That(await _blobs.FindLengthAsync(hash, default), Is.Null);
        Assert.That(await CheckAsync(s_ct), Is.EqualTo(CommitmentFailure.ProcessingFailure), "gone is no success either");

        _blobs.Add(Stored());
        Assert.That(await CheckAsync(s_ct), Is.Null);
    }

    [Test]
    public async Task Of_two_contents_under_one_uid_both_must_be_sound()
    {
        await StoreAsync(Stored());
        ContentHash other = await StoreAsync(Stored(pixels: 2000));
        Assert.That(await CheckAsync(s_ct), Is.Null);

        _blobs.Damage(other);
        Assert.That(await CheckAsync(s_ct), Is.EqualTo(CommitmentFailure.ProcessingFailure));
    }

    [Test]
    public async Task A_list_is_answered_instance_by_instance_and_each_once()
    {
        await StoreAsync(Stored());
        InstanceReference missing = new(DicomBytes.CtImage, "1.2.3");

        CommitmentVerdict verdict = await RunAsync(isDuplicate: false, s_ct, missing, s_ct);

        Assert.That(verdict.Committed, Is.EqualTo(new[] { s_ct }));
        Assert.That(verdict.Failed, Is.EqualTo(new[] { (missing, CommitmentFailure.NoSuchObjectInstance) }));
    }

    [Test]
    public async Task A_transaction_uid_that_is_used_twice_commits_nothing()
    {
        await StoreAsync(Stored());

        CommitmentVerdict verdict = await RunAsync(isDuplicate: true, s_ct);

        Assert.That(verdict.Failed, Is.EqualTo(new[] { (s_ct, CommitmentFailure.DuplicateTransactionUid) }));
    }

    [Test]
    public async Task A_disk_that_cannot_be_read_now_is_no_verdict()
    {
        await StoreAsync(Stored());
        _blobs.Broken = true;

        Assert.ThrowsAsync<IOException>(() => CheckAsync(s_ct));
    }

    private static byte[] Stored(int pixels = 1000) => DicomBytes.File(pixels: pixels, study: "2.25.1", series: "2.25.2");

    private async Task<ContentHash> StoreAsync(byte[] file)
    {
        IntakeDoor door = new(_blobs, _items, new IntakeOptions(), TimeProvider.System);
        IntakeOutcome outcome = await door.AcceptAsync(new MemoryStream(file), new Source { Door = Door.CStore }, default);
        return outcome switch
        {
            IntakeOutcome.Accepted accepted => accepted.Hash,
            IntakeOutcome.Conflicting conflicting => conflicting.Hash,
            _ => throw new InvalidOperationException(outcome.GetType().Name),
        };
    }

    private async Task<CommitmentFailure?> CheckAsync(InstanceReference reference)
    {
        CommitmentVerdict verdict = await RunAsync(isDuplicate: false, reference);
        return verdict.Failed.Count == 0 ? null : verdict.Failed.Single().Reason;
    }

    private Task<CommitmentVerdict> RunAsync(bool isDuplicate, params InstanceReference[] references)
    {
        CommitmentOrder order = new()
        {
            CallingAeTitle = "NORTH",
            CalledAeTitle = "RECORDHUB",
            TransactionUid = "1.1",
            References = references,
        };
        return new CommitmentStep(_items, _blobs)
            .RunAsync(new CommitmentJob(1, 1, order, DateTimeOffset.UnixEpoch, 1, isDuplicate), default);
    }
}
