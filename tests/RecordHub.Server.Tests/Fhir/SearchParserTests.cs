using NUnit.Framework;
using RecordHub.Core.Resources;
using RecordHub.Server.Fhir;
using RecordHub.Server.Hosting;
using RecordHub.Server.Web;

namespace RecordHub.Server.Tests.Fhir;

internal sealed class SearchParserTests
{
    private const string Base = "http://hub/fhir";

    [Test]
    public void A_token_is_read_in_all_its_forms()
    {
        Assert.That(Value("Observation", "code", "http://loinc.org|1-8"), Is.EqualTo(new FilterValue.Token("http://loinc.org", "1-8")));
        Assert.That(Value("Observation", "code", "|1-8"), Is.EqualTo(new FilterValue.Token(string.Empty, "1-8")));
        Assert.That(Value("Observation", "code", "1-8"), Is.EqualTo(new FilterValue.Token(null, "1-8")));
        Assert.That(Value("Observation", "code", "http://loinc.org|"), Is.EqualTo(new FilterValue.Token("http://loinc.org", null)));
        Assert.That(Value("Observation", "code", "a\\|b"), Is.EqualTo(new FilterValue.Token(null, "a|b")));
    }

    [TestCase("Patient/p1", "Patient", "p1")]
    [TestCase("p1", null, "p1")]
    [TestCase("http://hub/fhir/Patient/p1", "Patient", "p1")]
    [TestCase("http://other/fhir/Patient/p1", null, "http://other/fhir/Patient/p1")]
    public void A_reference_is_read_in_all_its_forms(string text, string? type, string id) =>
        Assert.That(Value("Observation", "subject", text), Is.EqualTo(new FilterValue.Reference(type, id)));

    [Test]
    public void Alternatives_are_split_at_commas_that_are_not_escaped()
    {
        ResourceFilter filter = Read("Observation", ("status", "final,amended\\,x")).Filters.Single();

        Assert.That(filter.Values, Is.EqualTo(new FilterValue[]
        {
            new FilterValue.Token(null, "final"), new FilterValue.Token(null, "amended,x"),
        }));
    }

    [Test]
    public void A_date_has_its_prefix_and_the_range_of_its_precision()
    {
        FilterValue.Date date = (FilterValue.Date)Value("Observation", "date", "ge2024-05");

        Assert.That(date.Prefix, Is.EqualTo(DatePrefix.GreaterOrEqual));
        Assert.That(
            DateTimeOffset.FromUnixTimeMilliseconds(date.Low), Is.EqualTo(new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.That(
            DateTimeOffset.FromUnixTimeMilliseconds(date.High + 1), Is.EqualTo(new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Test]
    public void Text_is_folded_as_the_index_is() => Assert.That(
        Value("Patient", "family:contains", "MÜLL"), Is.EqualTo(new FilterValue.Text("mull", TextMatch.Contains)));

    [Test]
    public void What_has_none_of_the_tokens_is_asked_for()
    {
        ResourceFilter filter = Read("Observation", ("status:not", "final,amended")).Filters.Single();

        Assert.That(filter.IsNegated, Is.True);
        Assert.That(filter.Parameter, Is.EqualTo("status"));
        Assert.That(filter.Values, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_reference_is_looked_for_by_the_identifier_that_it_says()
    {
        ResourceFilter filter = Read("Observation", ("subject:identifier", "urn:x|7")).Filters.Single();

        Assert.That(filter.Parameter, Is.EqualTo("subject:identifier"));
        Assert.That(filter.Values.Single(), Is.EqualTo(new FilterValue.Token("urn:x", "7")));
    }

    [TestCase("Patient", "family", "\0")]
    [TestCase("Patient", "family", "muster,")]
    [TestCase("Patient", "family:contains", "\u0308")]
    [TestCase("Patient", "gender:identifier", "x")]
    [TestCase("Patient", "family:not", "x")]
    [TestCase("Patient", "famly", "x")]
    [TestCase("Patient", "name.given", "x")]
    [TestCase("Patient", "birthdate", "yesterday")]
    [TestCase("Patient", "birthdate:exact", "2024")]
    [TestCase("Patient", "_count", "many")]
    [TestCase("Patient", "_sort", "famly")]
    [TestCase("Patient", "_sort", "general-practitioner")]
    [TestCase("Patient", "_sort", "family,given,gender,birthdate")]
    [TestCase("Patient", "_summary", "short")]
    [TestCase("Patient", "_elements", "name,famly")]
    [TestCase("Patient", "_include", "*")]
    [TestCase("Patient", "_include", "Patient:family")]
    [TestCase("Patient", "_include", "Observation:subject")]
    [TestCase("Patient", "_include:once", "Patient:organization")]
    [TestCase("Patient", "_include:iterate", "Patient:family")]
    [TestCase("Patient", "_revinclude", "Observation:code")]
    [TestCase("Patient", "_has", "x")]
    [TestCase("Patient", "_has:Observation:patient", "x")]
    [TestCase("Patient", "_has:Observation:code:code", "x")]
    [TestCase("Patient", "_has:Observation:encounter:code", "x")]
    [TestCase("Patient", "_has:Observation:patient:cde", "x")]
    [TestCase("Patient", "_has:Observation:patient:_has:Provenance:target:agent", "x")]
    [TestCase("Patient", "_has:Observation:patient:encounter.status", "x")]
    [TestCase("Patient", "_has:Observation:patient:value-string:exact", "x")]
    [TestCase("Patient", "identifier:of-type", "MR|1")]
    [TestCase("Patient", "identifier:of-type", "urn:t||1")]
    [TestCase("Patient", "gender:of-typ", "x")]
    [TestCase("Observation", "value-quantity", "much")]
    [TestCase("Observation", "value-quantity", "5.4|mg")]
    [TestCase("Observation", "value-quantity", "NaN")]
    [TestCase("Observation", "value-quantity", "1e999")]
    [TestCase("Observation", "value-quantity:exact", "5")]
    [TestCase("Observation", "code-value-quantity", "1-8")]
    [TestCase("Observation", "code-value-quantity", "1-8$x")]
    [TestCase("Observation", "code-value-quantity:missing", "true")]
    [TestCase("Observation", "component-code-value-quantity", "urn:x|$5")]
    [TestCase("Observation", "component-code-value-quantity", "1-8$5|urn:u|")]
    [TestCase("Observation", "combo-code-value-concept", "1-8$x")]
    [TestCase("Observation", "_sort", "code-value-quantity")]
    [TestCase("Location", "near", "1|2")]
    [TestCase("Observation", "patient.famly", "x")]
    [TestCase("Observation", "code.text", "x")]
    [TestCase("Observation", "subject:Patint.family", "x")]
    [TestCase("Observation", "patient.organization.partof.name", "x")]
    [TestCase("Observation", "performer.organization.name", "x")]
    [TestCase("Observation", "patient.family:exact", "x")]
    [TestCase("Patient", "identifier:missing", "perhaps")]
    public void What_is_not_understood_is_refused_and_the_parameter_named(string type, string name, string value)
    {
        RefusedException refused = Assert.Throws<RefusedException>(() => Read(type, (name, value)))!;

        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Issue.Expression, Is.EqualTo("http.parameter." + name));
        Assert.That(refused.Message, Does.Not.Contain("yesterday"));
    }

    [Test]
    public void A_lenient_search_goes_on_and_tells_what_it_passed_over()
    {
        SearchRequest search = SearchParser.Read(
            ["Patient"], [new("famly", "x"), new("gender", "female")], lenient: true, new HttpLimits(), Base);

        Assert.That(search.Filters.Single().Parameter, Is.EqualTo("gender"));
        Assert.That(search.Used.Single().Key, Is.EqualTo("gender"));
        Assert.That(search.Ignored.Single().Severity, Is.EqualTo("warning"));
    }

    [Test]
    public void A_count_over_the_limit_is_the_limit() =>
        Assert.That(Read("Patient", ("_count", "999999")).Count, Is.EqualTo(new HttpLimits().FhirPageSize));

    [Test]
    public void A_count_over_every_number_is_the_limit_too() =>
        Assert.That(Read("Patient", ("_count", "99999999999999999999")).Count, Is.EqualTo(new HttpLimits().FhirPageSize));

    [Test]
    public void A_chain_says_what_is_to_hold_for_the_target()
    {
        ResourceFilter filter = Read("Observation", ("patient.identifier", "urn:x|7")).Filters.Single();

        Assert.That(filter.Parameter, Is.EqualTo("patient"));
        Assert.That(filter.ChainedTypes, Is.EqualTo(new[] { "Patient" }));
        Assert.That(filter.Chained!.Parameter, Is.EqualTo("identifier"));
        Assert.That(filter.Chained.Values.Single(), Is.EqualTo(new FilterValue.Token("urn:x", "7")));
    }

    [TestCase("subject.identifier", "Patient")]
    [TestCase("subject:Patient.family", "Patient")]
    public void A_chain_leads_to_every_type_that_has_the_parameter(string name, string type) =>
        Assert.That(Read("Observation", (name, "x")).Filters.Single().ChainedTypes, Does.Contain(type));

    [Test]
    public void A_chain_goes_two_steps()
    {
        ResourceFilter filter = Read("Observation", ("patient.organization.name:contains", "nord")).Filters.Single();

        Assert.That(filter.Chained!.Parameter, Is.EqualTo("organization"));
        Assert.That(filter.Chained.ChainedTypes, Is.EqualTo(new[] { "Organization" }));
        Assert.That(filter.Chained.Chained!.Values.Single(), Is.EqualTo(new FilterValue.Text("nord", TextMatch.Contains)));
    }

    [Test]
    public void A_reverse_chain_says_what_is_to_hold_for_what_refers()
    {
        ResourceFilter filter = Read("Patient", ("_has:Observation:patient:status:not", "final")).Filters.Single();

        Assert.That(filter.ReferringType, Is.EqualTo("Observation"));
        Assert.That(filter.Parameter, Is.EqualTo("patient"));
        Assert.That(filter.Chained, Has.Property("Parameter").EqualTo("status").And.Property("IsNegated").True);
    }

    [TestCase("5.4", "5.35", "5.45")]
    [TestCase("100", "99.5", "100.5")]
    [TestCase("5.40e-3", "0.005395", "0.005405")]
    [TestCase("-2", "-2.5", "-1.5")]
    [TestCase("eq0", "-0.5", "0.5")]
    public void A_quantity_has_the_range_of_its_precision(string text, string least, string over)
    {
        FilterValue.Quantity value = (FilterValue.Quantity)Value("Observation", "value-quantity", text + "|urn:u|m\\|g");

        Assert.That(value, Is.EqualTo(new FilterValue.Quantity(DatePrefix.Equal, Number(least), Number(over) - 1, "urn:u", "m|g")));
    }

    [Test]
    public void A_quantity_that_is_compared_is_exact() => Assert.That(
        Value("Observation", "value-quantity", "ge5.4||mg"),
        Is.EqualTo(new FilterValue.Quantity(DatePrefix.GreaterOrEqual, Number("5.4"), Number("5.4"), null, "mg")));

    [Test]
    public void A_composite_is_what_is_to_hold_together_in_alternatives()
    {
        ResourceFilter filter = Read("Observation", ("combo-code-value-quantity", "urn:l|a\\$b$gt5,c$6||mg")).Filters.Single();

        Assert.That(filter.AnyOf.Select(all => string.Join('+', all.Select(one => one.Parameter))), Is.EqualTo(new[]
        {
            "code+value-quantity", "component-code-value-quantity", "code+value-quantity", "component-code-value-quantity",
        }));
        Assert.That(filter.AnyOf[0][0].Values.Single(), Is.EqualTo(new FilterValue.Token("urn:l", "a$b")));
        Assert.That(((FilterValue.CodedQuantity)filter.AnyOf[3][0].Values.Single()).Value.Unit, Is.EqualTo("mg"));
    }

    [Test]
    public void An_identifier_is_looked_for_by_its_type()
    {
        ResourceFilter filter = Read("Patient", ("identifier:of-type", "urn:t|MR|1\\|2")).Filters.Single();

        Assert.That(filter.Parameter, Is.EqualTo("identifier:of-type"));
        Assert.That(filter.Values.Single(), Is.EqualTo(new FilterValue.Token("urn:t", "MR|1|2")));
    }

    [Test]
    public void What_is_given_along_is_followed_from_any_type() => Assert.That(
        Read("Observation", ("_include", "Observation:patient"), ("_include:iterate", "Patient:organization"), ("_revinclude:recurse", "Provenance:target")).Includes,
        Is.EqualTo(new ResourceInclude[]
        {
            new("Observation", "patient", null, false), new("Patient", "organization", null, false) { IsIterative = true },
            new("Provenance", "target", null, true) { IsIterative = true },
        }));

    [Test]
    public void The_order_is_read_with_its_directions() => Assert.That(
        Read("Observation", ("_sort", "-date,code,_id")).Sort, Is.EqualTo(new ResourceSort[]
        {
            new("date", IndexKind.Date, true), new("code", IndexKind.Token, false), new("_id", IndexKind.Token, false),
        }));

    [Test]
    public void What_is_included_is_read_in_all_its_forms() => Assert.That(
        Read("ImagingStudy", ("_include", "ImagingStudy:patient,ImagingStudy:subject:Patient"), ("_revinclude", "Provenance:target")).Includes,
        Is.EqualTo(new ResourceInclude[]
        {
            new("ImagingStudy", "patient", null, false), new("ImagingStudy", "subject", "Patient", false),
            new("Provenance", "target", null, true),
        }));

    [Test]
    public void Nothing_is_included_beside_a_summary_of_text() => Assert.Throws<RefusedException>(
        () => Read("Observation", ("_include", "Observation:subject"), ("_summary", "text")));

    [Test]
    public void Exact_text_is_kept_as_it_is_written() => Assert.That(
        Value("Patient", "family:exact", "MÜLL"), Is.EqualTo(new FilterValue.Text("mull", TextMatch.Exact) { AsWritten = "MÜLL" }));

    [Test]
    public void A_summary_of_counts_asks_for_no_match() =>
        Assert.That(Read("Patient", ("_summary", "count")), Has.Property("Count").Zero.And.Property("WithTotal").True);

    private static long Number(string text) => FhirNumbers.TryRead(text, out long number) ? number : throw new AssertionException(text);

    private static FilterValue Value(string type, string name, string value) =>
        Read(type, (name, value)).Filters.Single().Values.Single();

    private static SearchRequest Read(string type, params (string Name, string Value)[] parameters) => SearchParser.Read(
        [type], [.. parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))], lenient: false,
        new HttpLimits(), Base);
}
