using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>What a transaction calls by a urn:uuid is called by its address wherever R4 http.html#transaction says so.</summary>
internal sealed class RewrittenLinksTests
{
    private const string Report = "urn:uuid:0d1f7f8c-6a43-4f62-9d56-0a6c0d4b7a11";
    private const string Other = "urn:uuid:0d1f7f8c-6a43-4f62-9d56-0a6c0d4b7a12";
    private const string Picture = "urn:uuid:0d1f7f8c-6a43-4f62-9d56-0a6c0d4b7a13";

    [Test]
    public async Task Uris_and_links_of_narratives_are_rewritten_and_stay_the_same_when_sent_again()
    {
        await using TestHub hub = await TestHub.StartAsync();
        CaseNumber number = await hub.OpenCaseAsync("MRN1");
        string subject = """ "subject":{"identifier":{"system":"urn:north","value":"MRN1"}} """;
        string bundle = $$$$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"{{{{Report}}}}","request":{"method":"POST","url":"Observation"},"resource":
               {"resourceType":"Observation","status":"final","code":{"text":"x"},"effectiveDateTime":"2024",{{{{subject}}}}}},
             {"fullUrl":"{{{{Picture}}}}","request":{"method":"POST","url":"Binary"},"resource":
               {"resourceType":"Binary","contentType":"image/png","data":"iVBORw0KGgo="}},
             {"request":{"method":"POST","url":"DiagnosticReport"},"resource":
               {"resourceType":"DiagnosticReport","status":"final","code":{"text":"y"},"effectiveDateTime":"2024",{{{{subject}}}},
                "extension":[{"url":"urn:x","valueUri":"{{{{Report}}}}"},{"url":"urn:x","valueUrl":"{{{{Report}}}}"},
                             {"url":"urn:x","valueUri":"{{{{Other}}}}"},{"url":"urn:x","valueUuid":"{{{{Other}}}}"}],
                "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><a href=\"{{{{Report}}}}\">Größe</a> <a href='{{{{Other}}}}'/> <img src=\"{{{{Picture}}}}\" alt=\"p\"/></div>"}}}]}
            """;
        (HttpStatusCode status, JsonNode answer) = await hub.SendAsync(HttpMethod.Post, $"cases/{number}/fhir", bundle);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        string observation = Location(answer, 0);
        string binary = Location(answer, 1);
        (_, JsonNode report) = await hub.GetAsync($"fhir/{Location(answer, 2)}");

        Assert.That(report["extension"]!.AsArray().Select(one => (one!["valueUri"] ?? one["valueUrl"] ?? one["valueUuid"])!.GetValue<string>()),
            Is.EqualTo(new[] { observation, observation, Other, Other }));
        Assert.That(report["text"]!["div"]!.GetValue<string>(), Is.EqualTo(
            $"<div xmlns=\"http://www.w3.org/1999/xhtml\"><a href=\"{observation}\">Größe</a> <a href='{Other}'/> <img src=\"{binary}\" alt=\"p\"/></div>"));
        StrictFhir.Check(report.ToJsonString());

        // By other names the same is the same.
        string renamed = bundle.Replace(Report, "urn:uuid:0d1f7f8c-6a43-4f62-9d56-0a6c0d4b7a99", StringComparison.Ordinal);
        (_, JsonNode again) = await hub.SendAsync(HttpMethod.Post, $"cases/{number}/fhir", renamed);
        Assert.That(Location(again, 2), Is.EqualTo(Location(answer, 2)));
    }

    private static string Location(JsonNode answer, int entry) =>
        answer["entry"]![entry]!["response"]!["location"]!.GetValue<string>().Split("/_history")[0];
}
