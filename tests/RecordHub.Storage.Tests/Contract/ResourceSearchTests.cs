using System.Text.Json;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>The order of matches, what is given along with them, and what is asked of what they refer to.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class ResourceSearchTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly AccessScope s_caseOne = AccessScope.All.Within(new CaseNumber(1));

    [TestCase("Observation", false, "c,a,d,b,none")]
    [TestCase("Observation", true, "c,b,a,d,none")]
    [TestCase("ImagingStudy", false, "c,a,d,b,none")]
    [TestCase("ImagingStudy", true, "c,b,a,d,none")]
    public async Task Matches_come_by_date_and_what_has_none_last(string type, bool descending, string expected)
    {
        await SaveAsync(
            "i", Dated(type, "b", 20), Dated(type, "a", 10), Dated(type, "none"), Dated(type, "d", 10), Dated(type, "c", 5, 30));
        string[] order = expected.Split(',');
        ResourceFilter ofPatient = new("patient", [new FilterValue.Reference("Patient", "p1")]);
        ResourceQuery query = Query(type) with { Sort = [new ResourceSort("date", IndexKind.Date, descending)] };

        Assert.That(await IdsAsync(query), Is.EqualTo(order));
        Assert.That(await PagesAsync(query with { Count = 2 }), Is.EqualTo(order));
        Assert.That(await PagesAsync(query with { Count = 2, Filters = [ofPatient] }), Is.EqualTo(order));
        Assert.That(await PagesAsync(query with { Count = 2, Scope = s_caseOne }), Is.EqualTo(order));
    }

    [Test]
    public async Task Several_keys_each_have_their_direction()
    {
        await SaveAsync(
            "i", Make.Resource("Observation", "1", index: [Text("B"), Date(1)]), Make.Resource("Observation", "2", index: [Text("A"), Date(1)]),
            Make.Resource("Observation", "3", index: [Text("A"), Date(2)]), Make.Resource("Observation", "4", index: [Date(9)]));
        ResourceQuery query = Query("Observation") with
        {
            Sort = [new ResourceSort("text", IndexKind.String, false), new ResourceSort("date", IndexKind.Date, true)],
        };

        Assert.That(await PagesAsync(query with { Count = 1 }), Is.EqualTo(new[] { "3", "2", "1", "4" }));
        Assert.That(
            await PagesAsync(query with { Count = 1, Sort = [new ResourceSort("text", IndexKind.String, true), new ResourceSort("_id", IndexKind.Token, true)] }),
            Is.EqualTo(new[] { "1", "3", "2", "4" }));
        Assert.That(
            await PagesAsync(query with { Count = 1, Sort = [new ResourceSort("_lastUpdated", IndexKind.Date, true)] }),
            Is.EqualTo(new[] { "4", "3", "2", "1" }));
    }

    [Test]
    public async Task Pages_of_equal_dates_neither_repeat_nor_lose_while_others_come()
    {
        StoredResource[] first = [.. Enumerable.Range(0, 25).Select(n => Dated("Observation", $"o{n:D2}", n / 10))];
        await SaveAsync("a", first);
        ResourceQuery query = Query("Observation") with { Count = 4, Sort = [new ResourceSort("date", IndexKind.Date, true)] };

        List<string> seen = [];
        int turn = 0;
        for (ResourcePage? page = null; page is null || page.Next is not null;)
        {
            page = await Store.Resources.SearchAsync(query with { After = page?.Next }, None);
            seen.AddRange(page.Matches.Select(match => match.Id));

            // One comes for each date, and all that were there before are written anew.
            turn++;
            await SaveAsync($"n{turn}", [.. Enumerable.Range(0, 3).Select(n => Dated("Observation", $"new{turn}-{n}", n))]);
            await SaveAsync($"a{turn}", [.. first.Select(one => one with { Json = JsonSerializer.SerializeToUtf8Bytes(new { turn }) })]);
        }

        Assert.That(seen, Is.Unique);
        Assert.That(first.Select(one => one.Id), Is.SubsetOf(seen));
    }

    [Test]
    public async Task What_is_referred_to_and_what_refers_is_given_along_within_the_scope_only()
    {
        await CasesAsync();
        ResourceInclude subject = new("Observation", "subject", null, false);
        ResourceInclude target = new("Provenance", "target", null, true);

        ResourcePage mine = await SearchAsync(Query("Observation") with { Scope = s_caseOne, Includes = [subject, target] });
        ResourcePage all = await SearchAsync(Query("Observation") with { Includes = [subject, target], Count = 1 });
        ResourcePage groups = await SearchAsync(Query("Observation") with { Includes = [subject with { Target = "Group" }] });

        // The observation of the first case refers to the other patient as well, and the other's provenance to it.
        Assert.That(mine.Matches.Select(one => one.Id), Is.EqualTo(new[] { "o1" }));
        Assert.That(mine.Included.Select(one => one.Id), Is.EquivalentTo(new[] { "p1", "v1" }));
        Assert.That(all.Included.Select(one => one.Id), Is.EquivalentTo(new[] { "p1", "p2", "v1", "v2" }));
        Assert.That(groups.Included, Is.Empty);
        Assert.That(mine.IsIncludeCut, Is.False);
    }

    [Test]
    public async Task A_chain_asks_of_what_is_within_the_scope_only()
    {
        await CasesAsync();

        Assert.That(await IdsAsync(Query("Observation") with { Filters = [Chain("P-1")] }), Is.EqualTo(new[] { "o1" }));
        Assert.That(await IdsAsync(Query("Observation") with { Filters = [Chain("P-2")] }), Is.EqualTo(new[] { "o1", "o2" }));
        Assert.That(await IdsAsync(Query("Observation") with { Filters = [Chain("P-1")], Scope = s_caseOne }), Is.EqualTo(new[] { "o1" }));
        Assert.That(await IdsAsync(Query("Observation") with { Filters = [Chain("P-2")], Scope = s_caseOne }), Is.Empty);
    }

    [TestCase("Müller", "1,3")]
    [TestCase("müller", "2")]
    [TestCase("Muller", "")]
    [TestCase("Müller-Lüdenscheidt", "3")]
    public async Task Exact_text_has_its_case_and_accents(string text, string expected)
    {
        string[] names = ["Müller", "müller", "Müller\",\"Müller-Lüdenscheidt"];
        await SaveAsync("i", [.. names.Select((name, n) =>
        {
            string json = $$"""{"resourceType":"Patient","name":[{"given":["{{name}}"]}]}""";
            return Make.Resource("Patient", $"{n + 1}", json: json, index: [.. FhirIndexer.Index("Patient", System.Text.Encoding.UTF8.GetBytes(json))]);
        })]);
        ResourceQuery query = Query("Patient") with
        {
            Filters = [new ResourceFilter("given", [new FilterValue.Text(FhirText.Fold(text), TextMatch.Exact) { AsWritten = text }])],
        };

        ResourcePage page = await SearchAsync(query);

        Assert.That(string.Join(',', page.Matches.Select(one => one.Id)), Is.EqualTo(expected));
        Assert.That(page.Total, Is.EqualTo(page.Matches.Count));
    }

    [Test]
    public async Task An_id_and_a_time_of_change_are_never_missing()
    {
        await SaveAsync("i", Make.Resource("Observation", "o"));

        foreach (string parameter in (string[])["_id", "_lastUpdated"])
        {
            Assert.That(await IdsAsync(Query("Observation") with { Filters = [new ResourceFilter(parameter, [new FilterValue.Missing(false)])] }), Has.Count.EqualTo(1));
            Assert.That(await IdsAsync(Query("Observation") with { Filters = [new ResourceFilter(parameter, [new FilterValue.Missing(true)])] }), Is.Empty);
        }
    }

    private async Task CasesAsync()
    {
        for (int n = 1; n <= 2; n++)
        {
            await Store.Cases.CreateAsync(
                Make.Case(n, $"p{n}"),
                [Make.Resource("Patient", $"p{n}", 0, $"p{n}", index: [new("identifier", IndexKind.Token, "urn:x", $"P-{n}")])], None);
        }

        IndexEntry[] both = [To("subject", "Patient", "p1"), To("subject", "Patient", "p2")];
        await SaveAsync(
            "i", Make.Resource("Observation", "o1", 1, "p1", index: both), Make.Resource("Observation", "o2", 2, "p2", index: [To("subject", "Patient", "p2")]),
            Make.Resource("Provenance", "v1", 1, "p1", index: [To("target", "Observation", "o1")]),
            Make.Resource("Provenance", "v2", 2, "p2", index: [To("target", "Observation", "o1")]));
    }

    private static ResourceQuery Query(string type) => new() { Types = [type], Scope = AccessScope.All, Count = 50 };

    private static ResourceFilter Chain(string number) => new("subject", [])
    {
        Chained = new ResourceFilter("identifier", [new FilterValue.Token(null, number)]),
        ChainedTypes = ["Patient", "Group"],
    };

    private static StoredResource Dated(string type, string id, params long[] dates) =>
        Make.Resource(type, id, index: [To("patient", "Patient", "p1"), .. dates.Select(Date)]);

    private static IndexEntry Date(long at) => new("date", IndexKind.Date, Low: at, High: at + 5);

    private static IndexEntry Text(string text) => new("text", IndexKind.String, Value: text);

    private static IndexEntry To(string parameter, string type, string id) => new(parameter, IndexKind.Reference, type, id);

    private Task<ResourcePage> SearchAsync(ResourceQuery query) => Store.Resources.SearchAsync(query, None);

    private async Task<List<string>> IdsAsync(ResourceQuery query) => [.. (await SearchAsync(query)).Matches.Select(match => match.Id)];

    private async Task<List<string>> PagesAsync(ResourceQuery query)
    {
        List<string> ids = [];
        for (ResourcePage? page = null; page is null || page.Next is not null;)
        {
            page = await SearchAsync(query with { After = page?.Next });
            ids.AddRange(page.Matches.Select(match => match.Id));
        }

        return ids;
    }

    private async Task SaveAsync(string content, params StoredResource[] resources)
    {
        ReceivedItem item = Make.Item(content);
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1) with { Resources = resources }, None);
    }
}
