using System.Collections.Concurrent;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Sixty-four at once, from two processes: one row each, nothing lost, nothing passed over.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class RaceTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private const int Many = 64;
    private StoreNode[] _nodes = [];

    [SetUp]
    public async Task AddNodesAsync() => _nodes = [await Store.AddNodeAsync(), await Store.AddNodeAsync()];

    [Test]
    public async Task Of_sixty_four_cases_for_one_person_one_is_made()
    {
        PatientIdentifier identifier = new("urn:north", "77");

        bool[] made = await RaceAsync((node, n) =>
            node.Cases.CreateAsync(Make.Case(n + 1, $"p{n}", identifier), [Make.Resource("Patient", $"p{n}", 0)], None));

        Assert.That(made.Count(one => one), Is.EqualTo(1));
        Assert.That(await Store.Cases.FindByIdentifiersAsync([identifier], Tenant.Default, None), Has.Count.EqualTo(1));
        Assert.That(await SearchAsync("Patient"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Of_sixty_four_transitions_of_a_case_one_is_made()
    {
        await Store.Cases.CreateAsync(Make.Case(1), [], None);

        bool[] made = await RaceAsync((node, n) => node.Cases.UpdateAsync(
            Make.Case(1) with { Question = $"{n}?" }, [Make.Resource("Task", "t", json: $"{{\"n\":{n}}}")], None));

        Assert.That(made.Count(one => one), Is.EqualTo(1));
        Assert.That((await Store.Cases.FindAsync(new CaseNumber(1), AccessScope.All, None))!.Revision, Is.EqualTo(2));
        Assert.That((await Store.Resources.ReadAsync("Task", "t", AccessScope.All, None))!.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Sixty_four_items_that_say_the_same_make_one_resource_and_the_last_that_leaves_takes_it_along()
    {
        ReceivedItem[] items = [.. Enumerable.Range(0, Many).Select(n => Make.Item($"item {n}"))];

        await RaceAsync(async (node, n) =>
        {
            await node.Items.ReceiveAsync(items[n], None);
            return await node.Items.SaveAsync(
                Make.Filing(items[n], 1) with { Resources = [Make.Resource("Organization", "o")] }, None);
        });
        ResourceVersion said = (await Store.Resources.ReadAsync("Organization", "o", AccessScope.All, None))!;
        await RaceAsync((node, n) => node.Items.SaveAsync(Make.Filing(items[n], 2), None));
        ResourceVersion left = (await Store.Resources.ReadAsync("Organization", "o", AccessScope.All, None))!;

        Assert.That((said.Version, said.Deleted), Is.EqualTo((1, false)));
        Assert.That((left.Version, left.Deleted), Is.EqualTo((2, true)));
    }

    [Test]
    public async Task Sixty_four_changes_of_a_resource_are_as_many_versions()
    {
        ReceivedItem[] items = [.. Enumerable.Range(0, Many).Select(n => Make.Item($"item {n}"))];

        await RaceAsync(async (node, n) =>
        {
            await node.Items.ReceiveAsync(items[n], None);
            StoredResource resource = Make.Resource(
                "Observation", "o", json: $"{{\"n\":{n}}}", index: new IndexEntry("code", IndexKind.Token, "", $"c{n}"));
            return await node.Items.SaveAsync(Make.Filing(items[n], 1) with { Resources = [resource] }, None);
        });

        Assert.That(
            (await Store.Resources.HistoryAsync("Observation", "o", AccessScope.All, None)).Select(one => one.Version),
            Is.EqualTo(Enumerable.Range(1, Many).Reverse()));
        Assert.That(await SearchAsync("Observation"), Is.EqualTo(new[] { "o" }));
    }

    [Test]
    public async Task Sixty_four_filings_and_rebuildings_of_a_study_leave_one_study_with_all_instances()
    {
        StudyKey study = new(new CaseNumber(1), "1.1");
        StoredResource built = Make.Resource("ImagingStudy", ImagingStudyBuilder.StudyId(study));

        await RaceAsync(async (node, n) =>
        {
            ReceivedItem item = Make.Item($"item {n}", sop: $"1.1.1.{n}");
            await node.Items.ReceiveAsync(item, None);
            FilingChange? change = await node.Items.SaveAsync(
                Make.Filing(item, 1) with { Instances = [Make.Instance("1.1", "1.1.1", $"1.1.1.{n}")] }, None);
            await node.Instances.SaveStudyAsync(study, new RebuiltStudy(built, null, null), 1, None);
            return change;
        });

        Assert.That(await Store.Instances.ReadStudyAsync(study, None), Has.Count.EqualTo(Many));
        Assert.That((await Store.Resources.ReadAsync("ImagingStudy", built.Id, AccessScope.All, None))!.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Sixty_four_items_that_teach_an_identifier_each_leave_a_patient_that_shows_them_all()
    {
        CaseFile file = Make.Case(1);
        await Store.Cases.CreateAsync(file, [CaseResources.Patient(file.Patient)], None);

        await RaceAsync(async (node, n) =>
        {
            ReceivedItem item = Make.Item($"item {n}");
            await node.Items.ReceiveAsync(item, None);
            return await node.Items.SaveAsync(
                Make.Filing(item, 1) with { Links = [new(new PatientIdentifier("urn:south", $"{n}"), "p1", "verified")] }, None);
        });

        CasePatient patient = (await Store.Cases.FindAsync(new CaseNumber(1), AccessScope.All, None))!.Patient;
        ResourceVersion shown = (await Store.Resources.ReadAsync("Patient", "p1", AccessScope.All, None))!;
        Assert.That(patient.Identifiers, Has.Count.EqualTo(Many));
        Assert.That(shown.Json.ToArray(), Is.EqualTo(CaseResources.Patient(patient).Json.ToArray()));
    }

    [Test]
    public async Task A_reader_that_follows_the_order_of_changes_passes_over_none_of_them()
    {
        List<string> seen = [];
        Task<int[]> writing = RaceAsync(async (node, n) =>
        {
            for (int i = 0; i < 4; i++)
            {
                ReceivedItem item = Make.Item($"item {n} {i}");
                await node.Items.ReceiveAsync(item, None);
                await node.Items.SaveAsync(
                    Make.Filing(item, 1) with { Resources = [Make.Resource("Observation", $"o{n}-{i}")] }, None);
            }

            return n;
        });

        string? after = null;
        while (!writing.IsCompleted)
        {
            after = await ReadOnAsync(after, seen);
        }

        await writing;
        after = await ReadOnAsync(after, seen);
        seen.AddRange((await PageAsync(after)).Matches.Select(match => match.Id));
        Assert.That(seen, Is.Unique);
        Assert.That(seen, Has.Count.EqualTo(4 * Many));
    }

    [Test]
    public async Task Entries_of_the_outbox_go_to_one_taker_each()
    {
        for (int n = 0; n < Many; n++)
        {
            await Store.Items.ReceiveAsync(Make.Item($"item {n}"), None);
        }

        ConcurrentBag<string> taken = [];
        await RaceAsync(async (node, _) =>
        {
            foreach (OutboxEntry entry in await node.Outbox.TakeAsync(Many, "node", TimeSpan.FromMinutes(1), None))
            {
                taken.Add(entry.Key);
            }

            return true;
        });

        Assert.That(taken, Is.Unique);
        Assert.That(taken, Has.Count.EqualTo(Many));
    }

    [Test]
    public async Task Of_sixty_four_keys_under_one_name_one_is_kept_and_given_to_all()
    {
        byte[][] keys = await RaceAsync((node, n) => node.Keys.GetOrAddAsync("links", [(byte)n], None));

        Assert.That(keys, Has.All.EqualTo(keys[0]));
        Assert.That(await _nodes[0].Keys.GetOrAddAsync("links", [99], None), Is.EqualTo(keys[0]));
        Assert.That(await _nodes[0].Keys.GetOrAddAsync("others", [99], None), Is.EqualTo(new byte[] { 99 }));
    }

    private Task<T[]> RaceAsync<T>(Func<StoreNode, int, Task<T>> run) => Task.WhenAll(
        Enumerable.Range(0, Many).Select(n => Task.Run(() => run(_nodes[n % _nodes.Length], n))));

    // Follows next links as long as there are any; the last page has none, and is read again from its beginning.
    private async Task<string?> ReadOnAsync(string? after, List<string> seen)
    {
        while (await PageAsync(after) is { Next: { } next } page)
        {
            seen.AddRange(page.Matches.Select(match => match.Id));
            after = next;
        }

        return after;
    }

    private Task<ResourcePage> PageAsync(string? after) => Store.Resources.SearchAsync(
        new ResourceQuery { Types = ["Observation"], Scope = AccessScope.All, Count = 1, After = after }, None);

    private async Task<List<string>> SearchAsync(string type) =>
    [
        .. (await Store.Resources.SearchAsync(
            new ResourceQuery { Types = [type], Scope = AccessScope.All, Count = 100 }, None)).Matches.Select(match => match.Id),
    ];
}
