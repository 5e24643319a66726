using System.Text;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>What refers to a resource, and what is followed over several steps; within the scope only.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class ResourceQuestionTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly AccessScope s_caseOne = AccessScope.All.Within(new CaseNumber(1));

    // The second case's observation refers to the first case's patient: to a token of the first it is not there.
    [Test]
    public async Task What_refers_is_looked_at_within_the_scope_only()
    {
        await CasesAsync();
        await SaveAsync(
            Make.Resource("Observation", "o1", 1, "p1", index: [To("patient", "Patient", "p1"), Code("mine")]),
            Make.Resource("Observation", "o2", 2, "p2", index: [To("patient", "Patient", "p1"), To("patient", "Patient", "p2"), Code("other")]));

        foreach (ResourceFilter[] beside in (ResourceFilter[][])[[], [Id("p1")]])
        {
            Assert.That(await FindAsync("Patient", AccessScope.All, [Referring("mine"), .. beside]), Is.EqualTo("p1"));
            Assert.That(await FindAsync("Patient", AccessScope.All, [Referring("other"), .. beside]), Is.EqualTo(beside.Length == 0 ? "p1,p2" : "p1"));
            Assert.That(await FindAsync("Patient", s_caseOne, [Referring("mine"), .. beside]), Is.EqualTo("p1"));
            Assert.That(await FindAsync("Patient", s_caseOne, [Referring("other"), .. beside]), Is.Empty);
        }
    }

    [Test]
    public async Task A_chain_of_two_steps_stays_within_the_scope()
    {
        await CasesAsync();
        await SaveAsync(
            Make.Resource("Encounter", "e1", 1, "p1", index: [To("service-provider", "Organization", "north")]),
            Make.Resource("Organization", "north", 1, null, index: [new("name", IndexKind.String, Value: "nord")]),
            Make.Resource("Encounter", "e2", 2, "p2", index: [To("service-provider", "Organization", "south")]),
            Make.Resource("Organization", "south", 2, null, index: [new("name", IndexKind.String, Value: "sud")]),
            Make.Resource("Observation", "o1", 1, "p1", index: [To("patient", "Patient", "p1"), To("encounter", "Encounter", "e1"), To("encounter", "Encounter", "e2")]));

        foreach (ResourceFilter[] beside in (ResourceFilter[][])[[], [Patient("p1")]])
        {
            Assert.That(await FindAsync("Observation", s_caseOne, [Two("nord"), .. beside]), Is.EqualTo("o1"));
            Assert.That(await FindAsync("Observation", s_caseOne, [Two("sud"), .. beside]), Is.Empty);
            Assert.That(await FindAsync("Observation", AccessScope.All, [Two("sud"), .. beside]), Is.EqualTo("o1"));
        }
    }

    [Test]
    public async Task What_is_given_along_is_followed_as_far_as_was_asked_and_as_the_scope_goes()
    {
        await CasesAsync();
        await SaveAsync(
            Make.Resource("Observation", "o1", 1, "p1", index: [To("has-member", "Observation", "o2")]),
            Make.Resource("Observation", "o2", 1, "p1", index: [To("has-member", "Observation", "o3")]),
            Make.Resource("Observation", "o3", 1, "p1", index: [To("has-member", "Observation", "o1"), To("has-member", "Observation", "far")]),
            Make.Resource("Observation", "far", 2, "p2"), Make.Resource("Provenance", "v3", 1, "p1", index: [To("target", "Observation", "o3")]));
        ResourceInclude member = new("Observation", "has-member", null, false);
        ResourceQuery query = Query("Observation") with { Scope = s_caseOne, Filters = [Id("o1")] };

        ResourcePage one = await SearchAsync(query with { Includes = [member] });
        ResourcePage all = await SearchAsync(query with { Includes = [member with { IsIterative = true }, new("Provenance", "target", null, true) { IsIterative = true }] });

        Assert.That(one.Included.Select(found => found.Id), Is.EqualTo(new[] { "o2" }));
        Assert.That(all.Included.Select(found => found.Id), Is.EquivalentTo(new[] { "o2", "o3", "v3" }));
        Assert.That(all.IsIncludeCut, Is.False);
    }

    [Test]
    public async Task A_long_way_is_followed_eight_steps_and_that_is_said()
    {
        await SaveAsync([.. Enumerable.Range(0, 12).Select(n => Make.Resource("Observation", $"o{n}", index: [To("has-member", "Observation", $"o{n + 1}")]))]);
        ResourceQuery query = Query("Observation") with
        {
            Filters = [Id("o0")],
            Includes = [new("Observation", "has-member", null, false) { IsIterative = true }],
        };

        ResourcePage page = await SearchAsync(query);

        Assert.That(page.Included, Has.Count.EqualTo(8));
        Assert.That(page.IsIncludeCut, Is.True);
    }

    [Test]
    public async Task What_an_upgrade_owes_to_the_index_is_found_once_it_is_opened()
    {
        StoredResource typed = Observation("q", """ "valueQuantity":{"value":7} """);
        await SaveAsync(typed);
        await using (Database database = Store.Connect())
        {
            await database.WriteAsync(
                static session =>
                {
                    session.Write("DELETE FROM resource_index WHERE parameter = 'value-quantity'");
                    session.Write("INSERT INTO index_owed (resource) SELECT key FROM resource");
                    return ValueTask.FromResult(true);
                },
                None);
            Assert.That(await FindAsync("Observation", new ResourceFilter("value-quantity", [Of(DatePrefix.Equal, "7")])), Is.Empty);

            await OwedIndex.PayAsync(database, None);
            await OwedIndex.PayAsync(database, None);
        }

        Assert.That(await FindAsync("Observation", new ResourceFilter("value-quantity", [Of(DatePrefix.Equal, "7")])), Is.EqualTo("q"));
        Assert.That(await FindAsync("Observation", Patient("p1")), Is.EqualTo("q"));
    }

    [Test]
    public async Task One_patients_question_reads_no_rows_of_the_others()
    {
        if (typeof(THarness) != typeof(SqliteHarness))
        {
            Assert.Pass("PostgreSQL plans by what it knows of the values, not by how the question is written.");
        }

        ResourceFilter[] questions =
        [
            new("value-quantity", [Of(DatePrefix.GreaterThan, "1")]), new("code", [new FilterValue.Token(null, "x")]), Two("nord"),
            new("code-value-quantity", []) { AnyOf = [[new("code", [new FilterValue.Token(null, "x")]), new("value-quantity", [Of(DatePrefix.Equal, "1")])]] },
        ];
        await using Database database = Store.Connect();
        foreach ((string type, ResourceFilter[] filters) in (IEnumerable<(string, ResourceFilter[])>)
            [.. questions.Select(one => ("Observation", (ResourceFilter[])[Patient("p1"), one])), ("Patient", [Id("p1"), Referring("mine")])])
        {
            List<string> plan = await database.ReadAsync(
                session =>
                {
                    ResourceConditions conditions = new(session.Dialect, Query(type) with { Filters = filters }, 0);
                    return session.QueryAsync(
                        $"EXPLAIN QUERY PLAN SELECT r.key FROM resource r WHERE {conditions.Sql} ORDER BY r.seq LIMIT 50",
                        static row => row.GetString(3), [.. conditions.Parameters]);
                },
                None);

            // Rows of the index by their value are read for the patient alone.
            Assert.That(plan.Count(step => step.Contains("resource_index_value", StringComparison.Ordinal)), Is.LessThanOrEqualTo(1), string.Join('\n', plan));
            Assert.That(plan, Has.None.Contains("resource_index_date").And.None.Contains("SCAN r"), string.Join('\n', plan));
        }
    }

    private async Task CasesAsync()
    {
        for (int n = 1; n <= 2; n++)
        {
            await Store.Cases.CreateAsync(Make.Case(n, $"p{n}"), [Make.Resource("Patient", $"p{n}", 0, $"p{n}")], None);
        }
    }

    private static ResourceQuery Query(string type) => new() { Types = [type], Scope = AccessScope.All, Count = 50 };

    private static FilterValue.Quantity Of(DatePrefix prefix, string number)
    {
        long low;
        long high;
        bool isNumber = prefix switch
        {
            DatePrefix.Equal or DatePrefix.NotEqual => FhirNumbers.TryRange(number, out low, out high),
            DatePrefix.Approximately => FhirNumbers.TryAbout(number, out low, out high),
            _ => FhirNumbers.TryRead(number, out low) & FhirNumbers.TryRead(number, out high),
        };
        return isNumber ? new FilterValue.Quantity(prefix, low, high) : throw new AssertionException(number);
    }

    private static ResourceFilter Patient(string id) => new("patient", [new FilterValue.Reference("Patient", id)]);

    private static ResourceFilter Id(string id) => new("_id", [new FilterValue.Token(null, id)]);

    private static ResourceFilter Referring(string code) => new("patient", [])
    {
        ReferringType = "Observation",
        Chained = new ResourceFilter("code", [new FilterValue.Token(null, code)]),
        ChainedTypes = ["Patient"],
    };

    private static ResourceFilter Two(string name) => new("encounter", [])
    {
        Chained = new ResourceFilter("service-provider", [])
        {
            Chained = new ResourceFilter("name", [new FilterValue.Text(name, TextMatch.StartsWith)]),
            ChainedTypes = ["Organization"],
        },
        ChainedTypes = ["Encounter"],
    };

    private static IndexEntry To(string parameter, string type, string id) => new(parameter, IndexKind.Reference, type, id);

    private static IndexEntry Code(string code) => new("code", IndexKind.Token, string.Empty, code);

    private static StoredResource Observation(string id, string members) => Made(
        "Observation", id, $$$"""{"resourceType":"Observation","subject":{"reference":"Patient/p1"},{{{members}}}}""");

    private static StoredResource Made(string type, string id, string json) =>
        Make.Resource(type, id, json: json, index: [.. FhirIndexer.Index(type, Encoding.UTF8.GetBytes(json))]);

    private Task<ResourcePage> SearchAsync(ResourceQuery query) => Store.Resources.SearchAsync(query, None);

    private Task<string> FindAsync(string type, params ResourceFilter[] filters) => FindAsync(type, AccessScope.All, filters);

    private async Task<string> FindAsync(string type, AccessScope scope, ResourceFilter[] filters)
    {
        ResourcePage page = await SearchAsync(Query(type) with { Scope = scope, Filters = filters });
        Assert.That(page.Total, Is.EqualTo(page.Matches.Count));
        return string.Join(',', page.Matches.Select(match => match.Id).Order(StringComparer.Ordinal));
    }

    private async Task SaveAsync(params StoredResource[] resources)
    {
        ReceivedItem item = Make.Item("i");
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1) with { Resources = resources }, None);
    }
}
