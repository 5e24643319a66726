using System.Text;
using NUnit.Framework;
using RecordHub.Server.Fhir;
using RecordHub.Server.Web;

namespace RecordHub.Server.Tests.Fhir;

internal sealed class ResourceSubsetTests
{
    private const string Tag = "{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ObservationValue\",\"code\":\"SUBSETTED\"}";

    private const string Head = "{\"resourceType\":\"DocumentReference\",\"id\":\"d\",\"meta\":{\"versionId\":\"1\",\"tag\":[@]},";

    private const string Whole = "{\"resourceType\":\"DocumentReference\",\"id\":\"d\",\"meta\":{\"versionId\":\"1\"},"
        + "\"text\":{\"status\":\"generated\",\"div\":\"<div>x</div>\"},\"modifierExtension\":[{\"url\":\"urn:m\"}],"
        + "\"_status\":{\"extension\":[]},\"status\":\"current\",\"docStatus\":\"final\",\"masterIdentifier\":{\"value\":\"ü\",\"_value\":{\"id\":\"1\"}},"
        + "\"content\":[{\"attachment\":{\"contentType\":\"text/plain\",\"data\":\"eA==\",\"size\":1.0},\"extension\":[]},{\"attachment\":{\"data\":\"eA==\"}}]}";

    [Test]
    public void A_summary_keeps_what_the_standard_calls_one_and_the_bytes_of_it() => Assert.That(
        Take(ResourceSubset.Summary), Is.EqualTo(Head
            + "\"modifierExtension\":[{\"url\":\"urn:m\"}],\"_status\":{\"extension\":[]},\"status\":\"current\",\"docStatus\":\"final\","
            + "\"masterIdentifier\":{\"value\":\"ü\",\"_value\":{\"id\":\"1\"}},"
            + "\"content\":[{\"attachment\":{\"contentType\":\"text/plain\",\"size\":1.0}},{\"attachment\":{\"data\":\"eA==\"}}]}"));

    [Test]
    public void The_text_comes_with_what_must_be_there() => Assert.That(
        Take(ResourceSubset.Text), Is.EqualTo(Head
            + "\"text\":{\"status\":\"generated\",\"div\":\"<div>x</div>\"},\"modifierExtension\":[{\"url\":\"urn:m\"}],"
            + "\"_status\":{\"extension\":[]},\"status\":\"current\","
            + "\"content\":[{\"attachment\":{\"contentType\":\"text/plain\",\"data\":\"eA==\",\"size\":1.0},\"extension\":[]},{\"attachment\":{\"data\":\"eA==\"}}]}"));

    [Test]
    public void The_data_is_all_but_the_text() => Assert.That(
        Take(ResourceSubset.Data), Does.Not.Contain("<div>").And.Contains("docStatus").And.Contains("\"tag\":[@]"));

    [Test]
    public void Elements_come_with_what_must_be_there() => Assert.That(
        Take(ResourceSubset.Elements(["DocumentReference"], "docStatus")),
        Does.Contain("docStatus").And.Contains("content").And.Contains("modifierExtension").And.Not.Contains("masterIdentifier").And.Not.Contains("<div>"));

    [TestCase("Observation", "value", "{\"resourceType\":\"Observation\",\"meta\":{\"tag\":[@]},\"valueQuantity\":{\"value\":1e2}}")]
    [TestCase("Observation", "valueQuantity", "{\"resourceType\":\"Observation\",\"meta\":{\"tag\":[@]},\"valueQuantity\":{\"value\":1e2}}")]
    [TestCase("Observation", "issued", "{\"resourceType\":\"Observation\",\"meta\":{\"tag\":[@]}}")]
    public void A_choice_is_named_with_and_without_its_type(string type, string names, string expected) => Assert.That(
        Text(ResourceSubset.Elements([type], names), type, "{\"resourceType\":\"Observation\",\"meta\":{},\"valueQuantity\":{\"value\":1e2},\"note\":[]}"),
        Is.EqualTo(expected.Replace("@", Tag, StringComparison.Ordinal)));

    [Test]
    public void Tags_that_are_there_stay() => Assert.That(
        Text(ResourceSubset.Data, "Basic", "{\"resourceType\":\"Basic\",\"meta\":{\"tag\":[{\"code\":\"a\"}],\"source\":\"x\"}}"),
        Is.EqualTo("{\"resourceType\":\"Basic\",\"meta\":{\"tag\":[{\"code\":\"a\"},@],\"source\":\"x\"}}".Replace("@", Tag, StringComparison.Ordinal)));

    [Test]
    public void An_element_that_there_is_not_is_refused() => Assert.That(
        Assert.Throws<RefusedException>(() => ResourceSubset.Elements(["Patient"], "name,nmae"))!.Issue.Expression,
        Is.EqualTo("http.parameter._elements"));

    private static string Take(ResourceSubset subset) => Text(subset, "DocumentReference", Whole).Replace(Tag, "@", StringComparison.Ordinal);

    private static string Text(ResourceSubset subset, string type, string json) =>
        Encoding.UTF8.GetString(subset.Take(type, Encoding.UTF8.GetBytes(json)).Span);
}
