using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Who opened package versions, which hold what was taken out, and which series people moved.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class ReaderStoreTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly CaseNumber s_case = new(1);

    private DateTimeOffset Now => Store.Time.GetUtcNow();

    [Test]
    public async Task A_reader_of_a_version_is_listed_once_with_the_first_and_the_last_time()
    {
        await PublishAsync(1);
        DateTimeOffset first = Now;
        await Store.Readers.NoteAsync([Reading(1, ReadingKind.Package)], None);
        Store.Time.Advance(TimeSpan.FromDays(2));
        await Store.Readers.NoteAsync([Reading(1, ReadingKind.Package), Reading(1, ReadingKind.Package)], None);

        Assert.That(await Store.Readers.ListReadersAsync(s_case, None), Is.EqualTo(
            new[] { new PackageReader(1, "viewer", "machine", ReadingKind.Package, first, Now, null) }));
    }

    [Test]
    public async Task What_is_read_of_a_case_counts_for_the_version_that_was_current_then()
    {
        await Store.Readers.NoteAsync([Reading(null, ReadingKind.Images)], None);
        Store.Time.Advance(TimeSpan.FromMinutes(1));
        await PublishAsync(1);
        PackageReading early = Reading(null, ReadingKind.Records);
        Store.Time.Advance(TimeSpan.FromMinutes(1));
        await PublishAsync(2);
        await Store.Readers.NoteAsync([early, Reading(null, ReadingKind.Images)], None);

        Assert.That(
            (await Store.Readers.ListReadersAsync(s_case, None)).Select(one => (one.Version, one.Kind)),
            Is.EqualTo(new[] { (1, ReadingKind.Records), (2, ReadingKind.Images) }));
    }

    [Test]
    public async Task A_version_that_is_not_there_and_another_case_have_no_readers()
    {
        await PublishAsync(1);
        await Store.Readers.NoteAsync([Reading(7, ReadingKind.Package)], None);

        Assert.That(await Store.Readers.ListReadersAsync(s_case, None), Is.Empty);
        Assert.That(await Store.Readers.ListReadersAsync(new CaseNumber(2), None), Is.Empty);
    }

    [Test]
    public async Task A_withdrawal_marks_its_versions_and_is_said_in_the_case()
    {
        await PublishAsync(1);
        await PublishAsync(2);
        await Store.Readers.NoteAsync([Reading(1, ReadingKind.Package), Reading(2, ReadingKind.Package)], None);
        Withdrawal withdrawal = new() { Case = s_case, Versions = [2], References = ["Observation/o"], By = "ann", At = Now };
        await Store.Readers.WithdrawAsync(withdrawal, Make.Resource("Communication", "c"), None);
        await Store.Readers.WithdrawAsync(withdrawal, Make.Resource("Communication", "c"), None);

        Assert.That(
            (await Store.Readers.ListReadersAsync(s_case, None)).Select(one => (one.Version, one.WithdrawnAt)),
            Is.EqualTo(new[] { (1, (DateTimeOffset?)null), (2, Now) }));
        Assert.That(await Store.Resources.ReadAsync("Communication", "c", AccessScope.All, None), Is.Not.Null);
    }

    [Test]
    public async Task A_moved_series_is_remembered_until_it_is_moved_back_or_forgotten()
    {
        CaseNumber other = new(2);
        SeriesMove move = new("1.2", ["1.2.1", "1.2.2"], s_case, other, "ann", Now);
        await Store.Items.RememberMoveAsync(move, None);
        await Store.Items.RememberMoveAsync(move, None);
        Assert.That(
            await Store.Items.FindMovesAsync(s_case, "1.2", None),
            Is.EquivalentTo(new Dictionary<string, CaseNumber> { ["1.2.1"] = other, ["1.2.2"] = other }));
        Assert.That(await Store.Items.FindMovesAsync(s_case, "1.3", None), Is.Empty);
        Assert.That(await Store.Items.FindMovesAsync(other, "1.2", None), Is.Empty);

        await Store.Items.RememberMoveAsync(new SeriesMove("1.2", ["1.2.1"], other, s_case, "ann", Now), None);
        Assert.That((await Store.Items.FindMovesAsync(s_case, "1.2", None)).Keys, Is.EqualTo(new[] { "1.2.2" }));
        Assert.That(
            await Store.Items.FindMovesAsync(other, "1.2", None),
            Is.EquivalentTo(new Dictionary<string, CaseNumber> { ["1.2.1"] = s_case }));

        await Store.Items.ForgetMovesAsync("1.2", other, None);
        Assert.That(await Store.Items.FindMovesAsync(s_case, "1.2", None), Is.Empty);
    }

    [Test]
    public async Task The_records_of_a_study_are_found_whatever_became_of_them()
    {
        ReceivedItem filed = Make.Item("a");
        ReceivedItem held = Make.Item("b");
        foreach ((ReceivedItem item, RecordState state) in new[] { (filed, RecordState.Filed), (held, RecordState.Held) })
        {
            await Store.Items.ReceiveAsync(item, None);
            await Store.Items.SaveAsync(Make.Filing(item, 1, Make.Record(item, state, state == RecordState.Filed ? 1 : 0)), None);
        }

        Assert.That(
            (await Store.Items.ListStudyRecordsAsync("1.2.3", AccessScope.All, None)).Select(one => one.Id.Item),
            Is.EquivalentTo(new[] { filed.Id, held.Id }));
        Assert.That(await Store.Items.ListStudyRecordsAsync("1.2.4", AccessScope.All, None), Is.Empty);
        Assert.That(await Store.Items.ListStudyRecordsAsync("1.2.3", AccessScope.None, None), Is.Empty);
    }

    private PackageReading Reading(int? version, ReadingKind kind) =>
        new(s_case, version, "token-1", "viewer", "machine", kind, Now);

    private Task<bool> PublishAsync(int version) => Store.Packages.SaveAsync(
        new PackageVersion
        {
            Case = s_case,
            Version = version,
            Digest = Make.Hash($"version {version}"),
            Length = 1,
            CreatedAt = Now,
            CreatedBy = "ann",
            Entries = [],
        },
        [], None);
}
