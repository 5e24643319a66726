using System.Security.Cryptography;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Uploads;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Upload links: what is kept of them, when they end, and how much they take.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class UploadLinkStoreTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly CaseNumber s_case = new(1);
    private static readonly UploadShare s_most = new(10, 1000);

    [SetUp]
    public async Task OpenCaseAsync() => await Store.Cases.CreateAsync(Make.Case(1), [], None);

    [Test]
    public async Task A_link_is_found_by_the_hash_of_its_secret_with_its_case()
    {
        UploadLink link = Link("one") with { Label = "clinic Nord-Süd" };

        Assert.That(await Store.UploadLinks.AddAsync(link, 5, None), Is.True);

        FoundUploadLink found = (await Store.UploadLinks.FindAsync(link.Hash, None))!;
        Assert.That(found.Link, Is.EqualTo(link));
        Assert.That(found.Tenant, Is.EqualTo(Tenant.Default));
        Assert.That(found.IsOpenAt(Store.Time.GetUtcNow()), Is.True);
        Assert.That(found.IsOpenAt(link.ExpiresAt), Is.False);
        Assert.That(await Store.UploadLinks.FindAsync(HashOf("other"), None), Is.Null);
        Assert.That(await Store.UploadLinks.ListAsync(s_case, None), Is.EqualTo(new[] { link }));
        Assert.That(await Store.UploadLinks.ListAsync(new CaseNumber(2), None), Is.Empty);
    }

    [Test]
    public async Task Only_so_many_take_files_at_a_time_and_none_of_a_closed_or_unknown_case()
    {
        Assert.That(await Store.UploadLinks.AddAsync(Link("one"), 1, None), Is.True);
        Assert.That(await Store.UploadLinks.AddAsync(Link("two"), 1, None), Is.False);
        Assert.That(await Store.UploadLinks.RevokeAsync(s_case, "one", "somebody", Store.Time.GetUtcNow(), None), Is.True);
        Assert.That(await Store.UploadLinks.AddAsync(Link("two"), 1, None), Is.True);
        Assert.That(await Store.UploadLinks.AddAsync(Link("three") with { Case = new CaseNumber(9) }, 5, None), Is.False);

        await MoveAsync(CaseStatus.Cancelled);

        Assert.That(await Store.UploadLinks.AddAsync(Link("four"), 5, None), Is.False);
    }

    [Test]
    public async Task Making_and_revoking_are_entries_of_the_journal()
    {
        long before = (await Store.Retention.VerifyJournalAsync(null, None)).Entries;
        await Store.UploadLinks.AddAsync(Link("one"), 5, None);

        Assert.That(await Store.UploadLinks.RevokeAsync(new CaseNumber(2), "one", "somebody", Store.Time.GetUtcNow(), None), Is.False);
        Assert.That(await Store.UploadLinks.RevokeAsync(s_case, "one", "somebody", Store.Time.GetUtcNow(), None), Is.True);
        Assert.That(await Store.UploadLinks.RevokeAsync(s_case, "one", "somebody", Store.Time.GetUtcNow(), None), Is.False);

        Assert.That((await Store.Retention.VerifyJournalAsync(null, None)).Entries, Is.EqualTo(before + 2));
        Assert.That((await Store.UploadLinks.FindAsync(HashOf("one"), None))!.IsOpenAt(Store.Time.GetUtcNow()), Is.False);
    }

    [Test]
    public async Task A_case_that_is_closed_ends_its_links_for_good()
    {
        await Store.UploadLinks.AddAsync(Link("one"), 5, None);

        await MoveAsync(CaseStatus.Declined);
        Assert.That(await Store.UploadLinks.TakeAsync("one", new UploadShare(1, 1), s_most, Store.Time.GetUtcNow(), None), Is.False);
        await MoveAsync(CaseStatus.Compiling);

        FoundUploadLink found = (await Store.UploadLinks.FindAsync(HashOf("one"), None))!;
        Assert.That(found.Status, Is.EqualTo(CaseStatus.Compiling));
        Assert.That(found.IsOpenAt(Store.Time.GetUtcNow()), Is.False);
    }

    [Test]
    public async Task A_share_is_counted_while_there_is_room_and_the_link_takes_files()
    {
        await Store.UploadLinks.AddAsync(Link("one"), 5, None);

        Assert.That(await TakeAsync(9, 1000), Is.True);
        Assert.That(await TakeAsync(1, 1), Is.False);
        Assert.That(await TakeAsync(2, 0), Is.False);
        await Store.UploadLinks.GiveBackAsync("one", new UploadShare(4, 500), None);
        Assert.That(await TakeAsync(5, 500), Is.True);
        Assert.That((await Store.UploadLinks.ListAsync(s_case, None))[0].Taken, Is.EqualTo(s_most));
        await Store.UploadLinks.GiveBackAsync("one", s_most, None);

        Store.Time.Advance(TimeSpan.FromDays(30));
        Assert.That(await TakeAsync(1, 1), Is.False);
    }

    [Test]
    public async Task Many_at_the_same_time_take_no_more_than_there_is()
    {
        StoreNode other = await Store.AddNodeAsync();
        await Store.UploadLinks.AddAsync(Link("one"), 5, None);

        bool[] taken = await Task.WhenAll(Enumerable.Range(0, 30).Select(at => (at % 2 == 0 ? Store.UploadLinks : other.UploadLinks)
            .TakeAsync("one", new UploadShare(1, 1), s_most, Store.Time.GetUtcNow(), None)));

        Assert.That(taken.Count(static one => one), Is.EqualTo(10));
    }

    private Task<bool> TakeAsync(long files, long bytes) =>
        Store.UploadLinks.TakeAsync("one", new UploadShare(files, bytes), s_most, Store.Time.GetUtcNow(), None);

    private async Task MoveAsync(string status)
    {
        CaseFile file = (await Store.Cases.FindAsync(s_case, AccessScope.All, None))!;
        Assert.That(await Store.Retention.MoveAsync(file with { Status = status }, "somebody", "a reason", None), Is.True);
    }

    private UploadLink Link(string id) => new(
        id, s_case, HashOf(id), string.Empty, "somebody", Store.Time.GetUtcNow(), Store.Time.GetUtcNow().AddDays(30));

    private static ContentHash HashOf(string secret) =>
        ContentHash.FromDigest(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(secret)));
}
