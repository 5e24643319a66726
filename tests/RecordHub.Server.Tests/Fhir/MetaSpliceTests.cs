using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Resources;
using RecordHub.Server.Fhir;

namespace RecordHub.Server.Tests.Fhir;

internal sealed class MetaSpliceTests
{
    private const string Stamp = "\"versionId\":\"3\",\"lastUpdated\":\"2026-02-03T04:05:06.789Z\"";

    [TestCase("{}", "{\"meta\":{@}}")]
    [TestCase("{ }", "{\"meta\":{@} }")]
    [TestCase("{\"code\":{}}", "{\"meta\":{@},\"code\":{}}")]
    [TestCase("{\"resourceType\":\"Basic\"}", "{\"resourceType\":\"Basic\",\"meta\":{@}}")]
    [TestCase("{\"resourceType\":\"Basic\",\"id\":\"a\"}", "{\"resourceType\":\"Basic\",\"id\":\"a\",\"meta\":{@}}")]
    [TestCase("{\"resourceType\":\"Basic\",\"meta\":{}}", "{\"resourceType\":\"Basic\",\"meta\":{@}}")]
    [TestCase(
        "{\"id\":\"a\",\"meta\": { \"source\":\"x\" },\"value\":1.0E3}",
        "{\"id\":\"a\",\"meta\": {@, \"source\":\"x\" },\"value\":1.0E3}")]
    [TestCase(
        "{\"resourceType\":\"Basic\",\"contained\":[{\"meta\":{\"tag\":[]}}],\"id\":\"a\"}",
        "{\"resourceType\":\"Basic\",\"contained\":[{\"meta\":{\"tag\":[]}}],\"id\":\"a\",\"meta\":{@}}")]
    public void ToBytes_adds_the_two_members_and_keeps_every_other_byte(string stored, string served) =>
        Assert.That(Splice(stored), Is.EqualTo(served.Replace("@", Stamp, StringComparison.Ordinal)));

    [Test]
    public void ToBytes_gives_json_for_every_place_that_meta_can_stand_in()
    {
        string[] members = ["\"resourceType\":\"Basic\"", "\"id\":\"a\"", "\"meta\":{\"source\":\"x\"}", "\"code\":{\"text\":\"ü{\"}"];
        foreach (IEnumerable<string> order in Permutations(members))
        {
            JsonObject served = JsonNode.Parse(Splice("{" + string.Join(',', order) + "}"))!.AsObject();

            Assert.That(served["meta"]!["versionId"]!.GetValue<string>(), Is.EqualTo("3"));
            Assert.That(served["meta"]!["source"]!.GetValue<string>(), Is.EqualTo("x"));
            Assert.That(served, Has.Count.EqualTo(4));
        }
    }

    private static string Splice(string json) => Encoding.UTF8.GetString(MetaSplice.ToBytes(new ResourceVersion
    {
        Type = "Basic",
        Id = "a",
        Version = 3,
        LastUpdated = new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero),
        Deleted = false,
        Json = Encoding.UTF8.GetBytes(json),
    }).Span);

    private static IEnumerable<IEnumerable<string>> Permutations(string[] items) => items.Length == 0
        ? [[]]
        : items.SelectMany((item, at) => Permutations([.. items.Where((_, other) => other != at)])
            .Select(rest => rest.Prepend(item)));
}
