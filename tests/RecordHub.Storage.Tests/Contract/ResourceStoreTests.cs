using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Tests.Contract;

[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class ResourceStoreTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly AccessScope s_caseOne = AccessScope.All.Within(new CaseNumber(1));

    [Test]
    public async Task The_same_bytes_again_make_no_new_version()
    {
        ReceivedItem item = await SaveAsync("a", 1, Make.Resource("Observation", "o", json: "{\"a\":1}"));
        Store.Time.Advance(TimeSpan.FromHours(1));
        await SaveAgainAsync(item, 2, Make.Resource("Observation", "o", json: "{\"a\":1}"));
        await SaveAgainAsync(item, 3, Make.Resource("Observation", "o", json: "{\"a\":2}"));
        await SaveAgainAsync(item, 4);

        IReadOnlyList<ResourceVersion> history =
            await Store.Resources.HistoryAsync("Observation", "o", AccessScope.All, None);

        Assert.That(history.Select(version => version.Version), Is.EqualTo(new[] { 3, 2, 1 }));
        Assert.That(history[0].Deleted, Is.True);
        Assert.That(history[0].Json.Length, Is.Zero);
        Assert.That(history[1].Json.ToArray(), Is.EqualTo("{\"a\":2}"u8.ToArray()));
        Assert.That(history[1].LastUpdated - history[2].LastUpdated, Is.EqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public async Task Nothing_of_another_case_is_seen_by_any_read()
    {
        await Store.Cases.CreateAsync(
            Make.Case(1, "p1"), [Make.Resource("Patient", "p1", 0, "p1")], None);
        await Store.Cases.CreateAsync(
            Make.Case(2, "p2"), [Make.Resource("Patient", "p2", 0, "p2")], None);
        await SaveAsync("a", 1, Make.Resource("Observation", "o1", 1, "p1"), Make.Resource("Observation", "o2", 2, "p2"));
        ReceivedItem item = Make.Item("b");
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1) with { Binaries = [Make.Binary("b2", 2)] }, None);

        Assert.That(await Store.Resources.ReadAsync("Observation", "o2", s_caseOne, None), Is.Null);
        Assert.That(await Store.Resources.ReadAsync("Patient", "p2", s_caseOne, None), Is.Null);
        Assert.That(await Store.Resources.ReadAsync("Patient", "p1", s_caseOne, None), Is.Not.Null);
        Assert.That(await Store.Resources.HistoryAsync("Observation", "o2", s_caseOne, None), Is.Empty);
        Assert.That(await Store.Resources.FindBinaryAsync("b2", s_caseOne, None), Is.Null);
        Assert.That(await SearchAsync(new ResourceQuery { Types = [], Scope = s_caseOne, Count = 10 }), Is.EqualTo(new[] { "p1", "o1" }));
        Assert.That(await SearchAsync(new ResourceQuery { Types = [], Scope = AccessScope.None, Count = 10 }), Is.Empty);
        Assert.That(
            (await Store.Resources.ListCaseAsync(new CaseNumber(1), None)).Select(version => version.Id),
            Is.EqualTo(new[] { "o1", "p1" }));
    }

    [Test]
    public async Task Pages_follow_each_other_in_the_order_of_change()
    {
        await SaveAsync("a", 1, [.. Enumerable.Range(0, 7).Select(n => Make.Resource("Observation", $"o{n}"))]);

        List<string> read = [];
        ResourceQuery query = new() { Types = ["Observation"], Scope = AccessScope.All, Count = 3 };
        ResourcePage page = await Store.Resources.SearchAsync(query, None);
        read.AddRange(page.Matches.Select(match => match.Id));
        Assert.That(page.Total, Is.EqualTo(7));
        while (page.Next is { } next)
        {
            page = await Store.Resources.SearchAsync(query with { After = next }, None);
            read.AddRange(page.Matches.Select(match => match.Id));
        }

        Assert.That(read, Is.EqualTo(Enumerable.Range(0, 7).Select(n => $"o{n}")));
        ResourcePage counted = await Store.Resources.SearchAsync(query with { Count = 0 }, None);
        Assert.That((counted.Total, counted.Matches.Count, counted.Next), Is.EqualTo((7L, 0, (string?)null)));
    }

    [Test]
    public async Task What_grows_shrinks_and_comes_back_is_found_by_what_it_names_now()
    {
        (int From, int To)[] versions = [(0, 40), (0, 60), (0, 60), (1, 61), (10, 12), (0, 50), (0, 0), (0, 45)];
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);
        for (int version = 0; version < versions.Length; version++)
        {
            (int from, int to) = versions[version];
            IndexEntry[] names =
            [
                .. Enumerable.Range(from, to - from).Select(n => new IndexEntry("instance", IndexKind.Token, "", $"i{n}")),
                new IndexEntry("instance", IndexKind.Token, null, "twice"), new IndexEntry("instance", IndexKind.Token, null, "twice"),
                new IndexEntry("started", IndexKind.Date, Low: version, High: version),
            ];
            StoredResource study = Make.Resource("Observation", "s", json: $"{{\"v\":{version}}}", index: names);
            await SaveAgainAsync(item, version + 1, to == 0 ? [] : [study]);

            for (int n = 0; n <= 61; n++)
            {
                Assert.That(
                    await FindAsync("instance", new FilterValue.Token(null, $"i{n}")),
                    Is.EqualTo(n >= from && n < to ? new[] { "s" } : []), $"version {version}, i{n}");
            }
        }
    }

    [TestCase("urn:s", "a", "o1")]
    [TestCase(null, "a", "o1,o2")]
    [TestCase("", "a", "o2")]
    [TestCase("urn:s", null, "o1")]
    [TestCase("urn:t", "a", "")]
    public async Task Tokens_match_by_system_and_code(string? system, string? code, string expected)
    {
        await SaveAsync(
            "a", 1,
            Make.Resource("Observation", "o1", index: new IndexEntry("code", IndexKind.Token, "urn:s", "a")),
            Make.Resource("Observation", "o2", index: new IndexEntry("code", IndexKind.Token, "", "a")),
            Make.Resource("Condition", "c", index: new IndexEntry("code", IndexKind.Token, "urn:s", "a")));

        Assert.That(await FindAsync("code", new FilterValue.Token(system, code)), Is.EqualTo(Split(expected)));
    }

    [TestCase(DatePrefix.Equal, 100, 200, "within")]
    [TestCase(DatePrefix.NotEqual, 100, 200, "across,after,before")]
    [TestCase(DatePrefix.GreaterThan, 100, 200, "across,after")]
    [TestCase(DatePrefix.LessThan, 100, 200, "across,before")]
    [TestCase(DatePrefix.GreaterOrEqual, 100, 200, "across,after,within")]
    [TestCase(DatePrefix.LessOrEqual, 100, 200, "across,before,within")]
    [TestCase(DatePrefix.StartsAfter, 100, 200, "after")]
    [TestCase(DatePrefix.EndsBefore, 100, 200, "before")]
    public async Task Dates_match_by_their_prefix(DatePrefix prefix, long low, long high, string expected)
    {
        await SaveAsync(
            "a", 1,
            Make.Resource("Observation", "before", index: new IndexEntry("date", IndexKind.Date, Low: 10, High: 20)),
            Make.Resource("Observation", "within", index: new IndexEntry("date", IndexKind.Date, Low: 120, High: 130)),
            Make.Resource("Observation", "across", index: new IndexEntry("date", IndexKind.Date, Low: 50, High: 300)),
            Make.Resource("Observation", "after", index: new IndexEntry("date", IndexKind.Date, Low: 210, High: 220)));

        Assert.That(
            (await FindAsync("date", new FilterValue.Date(prefix, low, high))).Order(), Is.EqualTo(Split(expected)));
    }

    [TestCase("mus", TextMatch.StartsWith, "o1")]
    [TestCase("uster", TextMatch.StartsWith, "")]
    [TestCase("uster", TextMatch.Contains, "o1")]
    [TestCase("muster", TextMatch.Exact, "o1")]
    [TestCase("must", TextMatch.Exact, "")]
    public async Task Text_matches_as_asked(string text, TextMatch match, string expected)
    {
        await SaveAsync(
            "a", 1,
            Make.Resource("Observation", "o1", index: new IndexEntry("name", IndexKind.String, Value: "muster")),
            Make.Resource("Observation", "o2", index: new IndexEntry("name", IndexKind.String, Value: "other")));

        Assert.That(await FindAsync("name", new FilterValue.Text(text, match)), Is.EqualTo(Split(expected)));
    }

    [Test]
    public async Task References_uris_ids_and_missing_values_match()
    {
        await SaveAsync(
            "a", 1,
            Make.Resource("Observation", "o1", index: new IndexEntry("subject", IndexKind.Reference, "Patient", "p1")),
            Make.Resource("Observation", "o2", index: new IndexEntry("_profile", IndexKind.Uri, Value: "urn:x")));

        Assert.That(await FindAsync("subject", new FilterValue.Reference("Patient", "p1")), Is.EqualTo(new[] { "o1" }));
        Assert.That(await FindAsync("subject", new FilterValue.Reference(null, "p1")), Is.EqualTo(new[] { "o1" }));
        Assert.That(await FindAsync("subject", new FilterValue.Reference("Group", "p1")), Is.Empty);
        Assert.That(await FindAsync("_profile", new FilterValue.Uri("urn:x")), Is.EqualTo(new[] { "o2" }));
        Assert.That(await FindAsync("subject", new FilterValue.Missing(true)), Is.EqualTo(new[] { "o2" }));
        Assert.That(await FindAsync("subject", new FilterValue.Missing(false)), Is.EqualTo(new[] { "o1" }));
        Assert.That(
            await FindAsync("_id", new FilterValue.Token(null, "o2"), new FilterValue.Token(null, "o9")),
            Is.EqualTo(new[] { "o2" }));
        long now = Store.Time.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.That(
            await FindAsync("_lastUpdated", new FilterValue.Date(DatePrefix.GreaterThan, now, now)), Is.Empty);
        Assert.That(
            await FindAsync("_lastUpdated", new FilterValue.Date(DatePrefix.GreaterOrEqual, now, now)),
            Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Filters_add_up_and_a_patient_narrows()
    {
        await SaveAsync(
            "a", 1,
            Make.Resource("Observation", "o1", 1, "p1", "{}", new IndexEntry("status", IndexKind.Token, "", "final"),
                new IndexEntry("code", IndexKind.Token, "", "x")),
            Make.Resource("Observation", "o2", 1, "p2", "{}", new IndexEntry("status", IndexKind.Token, "", "final")));

        ResourceQuery query = new()
        {
            Types = ["Observation"],
            Scope = AccessScope.All,
            Count = 10,
            Filters =
            [
                new ResourceFilter("status", [new FilterValue.Token(null, "final")]),
                new ResourceFilter("code", [new FilterValue.Token(null, "x"), new FilterValue.Token(null, "y")]),
            ],
        };

        Assert.That(await SearchAsync(query), Is.EqualTo(new[] { "o1" }));
        Assert.That(
            await SearchAsync(query with { Filters = [query.Filters[0], query.Filters[1] with { IsNegated = true }] }),
            Is.EqualTo(new[] { "o2" }));
        Assert.That(await SearchAsync(query with { Filters = [], PatientId = "p2" }), Is.EqualTo(new[] { "o2" }));
    }

    [Test]
    public async Task Hostile_values_are_only_values()
    {
        await SaveAsync("a", 1, Make.Resource("Observation", "o1"));

        Assert.That(await FindAsync("x' OR 1=1 --", new FilterValue.Token(null, "' OR '1'='1")), Is.Empty);
        Assert.That(await FindAsync("_id", new FilterValue.Token(null, "o1' OR 1=1 --")), Is.Empty);
    }

    [Test]
    public async Task Values_of_any_length_and_with_any_character_are_kept_and_found()
    {
        string endless = string.Concat(Enumerable.Range(0, 2000).Select(n => $"{n * 7919 % 10007:x}"));
        string odd = "a\0b\ud800c";
        await SaveAsync(
            "a", 1,
            Make.Resource("Observation", "o1", index: new IndexEntry("name", IndexKind.String, Value: endless)),
            Make.Resource("Observation", "o2", index: new IndexEntry("code", IndexKind.Token, odd, odd)));

        Assert.That(await FindAsync("name", new FilterValue.Text(endless, TextMatch.Exact)), Is.EqualTo(new[] { "o1" }));
        Assert.That(await FindAsync("name", new FilterValue.Text(endless[..300], TextMatch.StartsWith)), Is.EqualTo(new[] { "o1" }));
        Assert.That(await FindAsync("code", new FilterValue.Token(odd, odd)), Is.EqualTo(new[] { "o2" }));
    }

    [Test]
    public async Task A_filing_of_a_thousand_resources_is_saved_and_withdrawn_as_a_whole()
    {
        StoredResource[] resources = [.. Enumerable.Range(0, 1000).Select(n => Make.Resource(
            "Observation", $"o{n}", index: new IndexEntry("code", IndexKind.Token, "urn:s", $"c{n}")))];
        ReceivedItem item = await SaveAsync("a", 1, resources);

        Assert.That(await FindAsync("code", new FilterValue.Token("urn:s", "c999")), Is.EqualTo(new[] { "o999" }));
        ResourceQuery all = new() { Types = ["Observation"], Scope = AccessScope.All, Count = 0 };
        Assert.That((await Store.Resources.SearchAsync(all, None)).Total, Is.EqualTo(1000));
        await SaveAgainAsync(item, 2, resources[..10]);
        Assert.That((await Store.Resources.SearchAsync(all, None)).Total, Is.EqualTo(10));
    }

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private async Task<List<string>> SearchAsync(ResourceQuery query) =>
        [.. (await Store.Resources.SearchAsync(query, None)).Matches.Select(match => match.Id)];

    private Task<List<string>> FindAsync(string parameter, params FilterValue[] values) => SearchAsync(new ResourceQuery
    {
        Types = ["Observation"],
        Scope = AccessScope.All,
        Count = 100,
        Filters = [new ResourceFilter(parameter, values)],
    });

    private async Task<ReceivedItem> SaveAsync(string content, int revision, params StoredResource[] resources)
    {
        ReceivedItem item = Make.Item(content);
        await Store.Items.ReceiveAsync(item, None);
        await SaveAgainAsync(item, revision, resources);
        return item;
    }

    private async Task SaveAgainAsync(ReceivedItem item, int revision, params StoredResource[] resources) => Assert.That(
        await Store.Items.SaveAsync(Make.Filing(item, revision) with { Resources = resources }, None), Is.Not.Null);
}
