using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>Two processes with one store, as behind a proxy that gives each request to either.</summary>
internal sealed class SharedLinkTests
{
    [Test, CancelAfter(60_000)]
    public async Task A_page_link_of_one_process_is_followed_at_another(CancellationToken token)
    {
        await using TestHub one = await TestHub.StartAsync();
        await using TestHub other = await TestHub.StartAsync(keep: one.Folder);
        await one.OpenCaseAsync("M1");
        await one.OpenCaseAsync("M2", family: "Beispiel", given: "Max");
        (_, JsonNode first) = await one.GetAsync("fhir/Patient?_count=1");
        string next = first["link"]!.AsArray()
            .Single(link => link!["relation"]!.GetValue<string>() == "next")!["url"]!.GetValue<string>();

        (HttpStatusCode status, JsonNode second) = await other.GetAsync(new Uri(next).PathAndQuery[1..]);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), second.ToJsonString());
        Assert.That(IdOf(second), Is.Not.EqualTo(IdOf(first)));
    }

    private static string IdOf(JsonNode page) => page["entry"]!.AsArray().Single()!["resource"]!["id"]!.GetValue<string>();
}
