using System.Text;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Numbers, and numbers with their units; and what else the index keeps of one value in several ways.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class ResourceQuantityTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private const string Ucum = "http://unitsofmeasure.org";

    [TestCase(DatePrefix.Equal, "120", "a")]
    [TestCase(DatePrefix.Equal, "121", "")]
    [TestCase(DatePrefix.NotEqual, "120", "b,less")]
    [TestCase(DatePrefix.GreaterThan, "120", "a,b")]
    [TestCase(DatePrefix.GreaterThan, "120.4", "b")]
    [TestCase(DatePrefix.GreaterOrEqual, "120.4", "a,b")]
    [TestCase(DatePrefix.LessThan, "121", "a,less")]
    [TestCase(DatePrefix.LessOrEqual, "4.9", "less")]
    [TestCase(DatePrefix.StartsAfter, "120.4", "b")]
    [TestCase(DatePrefix.EndsBefore, "5", "less")]
    [TestCase(DatePrefix.Approximately, "130", "a,b")]
    public async Task Quantities_are_compared(DatePrefix prefix, string number, string expected)
    {
        await SaveAsync(
            Observation("a", """ "valueQuantity":{"value":120.4,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"} """),
            Observation("b", """ "valueQuantity":{"value":1.4e2,"unit":"mm[Hg]"} """),
            Observation("less", """ "valueQuantity":{"value":5,"comparator":"<"} """));

        Assert.That(await FindAsync("Observation", new ResourceFilter("value-quantity", [Of(prefix, number)])), Is.EqualTo(expected));
        Assert.That(
            await FindAsync("Observation", Patient("p1"), new ResourceFilter("value-quantity", [Of(prefix, number)])), Is.EqualTo(expected));
    }

    [TestCase(null, "mm[Hg]", "a,b")]
    [TestCase(null, "mmHg", "a")]
    [TestCase(Ucum, "mm[Hg]", "a")]
    [TestCase(Ucum, null, "a")]
    [TestCase(null, null, "a,b")]
    [TestCase("urn:other", "mm[Hg]", "")]
    public async Task Units_are_codes_or_words(string? system, string? unit, string expected)
    {
        await SaveAsync(
            Observation("a", """ "valueQuantity":{"value":120,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"} """),
            Observation("b", """ "valueQuantity":{"value":120,"unit":"mm[Hg]"} """));
        FilterValue.Quantity asked = Of(DatePrefix.GreaterThan, "100") with { System = system, Unit = unit };

        Assert.That(await FindAsync("Observation", new ResourceFilter("value-quantity", [asked])), Is.EqualTo(expected));
    }

    [TestCase("8480-6", "140", null, "high")]
    [TestCase("8480-6", "100", "mm[Hg]", "high,low")]
    [TestCase("8480-6", "100", "kPa", "")]
    [TestCase("8462-4", "100", null, "low")]
    [TestCase("848", "1", null, "")]
    public async Task A_component_has_its_code_and_its_quantity_together(string code, string over, string? unit, string expected)
    {
        await SaveAsync(Pressure("high", 150, 90), Pressure("low", 110, 105));
        FilterValue.Token of = new("http://loinc.org", code);
        ResourceFilter filter = new("component-code-value-quantity", [])
        {
            AnyOf = [[new ResourceFilter("component-code-value-quantity", [new FilterValue.CodedQuantity(of, Of(DatePrefix.GreaterThan, over) with { Unit = unit })])]],
        };

        Assert.That(await FindAsync("Observation", filter), Is.EqualTo(expected));
        Assert.That(await FindAsync("Observation", Patient("p1"), filter), Is.EqualTo(expected));
    }

    [Test]
    public async Task Quantities_have_an_order()
    {
        await SaveAsync(
            Observation("a", """ "valueQuantity":{"value":10} """), Observation("b", """ "valueQuantity":{"value":-3} """),
            Observation("none", """ "valueString":"x" """), Observation("c", """ "valueQuantity":{"value":9} """));
        ResourceQuery query = Query("Observation") with { Count = 1 };

        Assert.That(await PagesAsync(query with { Sort = [new ResourceSort("value-quantity", IndexKind.Quantity, false)] }), Is.EqualTo("b,c,a,none"));
        Assert.That(await PagesAsync(query with { Sort = [new ResourceSort("value-quantity", IndexKind.Quantity, true)] }), Is.EqualTo("a,c,b,none"));
    }

    [Test]
    public async Task An_identifier_is_found_by_its_type()
    {
        await SaveAsync(Made("Patient", "p", """
            {"resourceType":"Patient","identifier":[
              {"type":{"coding":[{"system":"urn:t","code":"MR"}]},"system":"urn:n","value":"7"},{"system":"urn:n","value":"8"}]}
            """));

        Assert.That(await FindAsync("Patient", new ResourceFilter("identifier:of-type", [new FilterValue.Token("urn:t", "MR|7")])), Is.EqualTo("p"));
        Assert.That(await FindAsync("Patient", new ResourceFilter("identifier:of-type", [new FilterValue.Token("urn:t", "MR|8")])), Is.Empty);
        Assert.That(await FindAsync("Patient", new ResourceFilter("identifier:of-type", [new FilterValue.Token("urn:t", "SS|7")])), Is.Empty);
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

    private static StoredResource Observation(string id, string members) => Made(
        "Observation", id, $$$"""{"resourceType":"Observation","subject":{"reference":"Patient/p1"},{{{members}}}}""");

    private static StoredResource Pressure(string id, int systolic, int diastolic) => Observation(id, $$$"""
        "component":[
          {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":{{{systolic}}},"unit":"mmHg","system":"{{{Ucum}}}","code":"mm[Hg]"}},
          {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":{{{diastolic}}},"unit":"mmHg","system":"{{{Ucum}}}","code":"mm[Hg]"}}]
        """);

    private static StoredResource Made(string type, string id, string json) =>
        Make.Resource(type, id, json: json, index: [.. FhirIndexer.Index(type, Encoding.UTF8.GetBytes(json))]);

    private Task<ResourcePage> SearchAsync(ResourceQuery query) => Store.Resources.SearchAsync(query, None);

    private async Task<string> FindAsync(string type, params ResourceFilter[] filters)
    {
        ResourcePage page = await SearchAsync(Query(type) with { Filters = filters });
        Assert.That(page.Total, Is.EqualTo(page.Matches.Count));
        return string.Join(',', page.Matches.Select(match => match.Id).Order(StringComparer.Ordinal));
    }

    private async Task<string> PagesAsync(ResourceQuery query)
    {
        List<string> ids = [];
        for (ResourcePage? page = null; page is null || page.Next is not null;)
        {
            page = await SearchAsync(query with { After = page?.Next });
            ids.AddRange(page.Matches.Select(match => match.Id));
        }

        return string.Join(',', ids);
    }

    private async Task SaveAsync(params StoredResource[] resources)
    {
        ReceivedItem item = Make.Item("i");
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1) with { Resources = resources }, None);
    }
}
