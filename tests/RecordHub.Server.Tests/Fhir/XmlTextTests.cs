using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>Text that JSON can hold and XML cannot.</summary>
internal sealed class XmlTextTests
{
    private const string Escapes = @"a\u0000b\u000Bc\u001bd\uFFFFe\uFFFEf\bg\fh\u007fi\n\ud83d\ude00\\u0000";
    private const string InXml = "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFDg\uFFFDh\u007fi\n\U0001F600\\u0000";

    private TestHub _hub = null!;
    private CaseNumber _case;
    private string _location = string.Empty;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _case = await _hub.OpenCaseAsync("A");
        using StringContent content = new(
            $$"""{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueString":"{{Escapes}}","note":[{"text":"{{"\uFFFF"}}"}]}""",
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/fhir+json"));
        using HttpResponseMessage response = await _hub.Http.PostAsync(
            new Uri($"cases/{_case}/fhir/Observation", UriKind.Relative), content);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created), await response.Content.ReadAsStringAsync());
        _location = response.Headers.Location!.ToString();
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task In_XML_it_is_the_replacement_character([Values(false, true)] bool isSearch)
    {
        string path = isSearch ? $"cases/{_case}/fhir/Observation?_format=xml" : _location + "?_format=xml";
        using HttpResponseMessage response = await _hub.Http.GetAsync(path);
        string xml = await response.Content.ReadAsStringAsync();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), xml);
        XDocument document = XDocument.Parse(xml);
        Assert.That(Value(document, "valueString"), Is.EqualTo(InXml));
        Assert.That(document.Descendants().Single(element => element.Name.LocalName == "note").Descendants().Single()
            .Attribute("value")!.Value, Is.EqualTo("\uFFFD"));
    }

    [Test]
    public async Task In_JSON_it_is_as_it_came()
    {
        JsonNode served = JsonNode.Parse(await _hub.Http.GetStringAsync(_location))!;

        Assert.That(
            served["valueString"]!.GetValue<string>(), Is.EqualTo(JsonNode.Parse($"\"{Escapes}\"")!.GetValue<string>()));
        Assert.That(served["note"]![0]!["text"]!.GetValue<string>(), Is.EqualTo("\uFFFF"));
    }

    [Test]
    public async Task A_package_with_it_is_served_in_XML()
    {
        (HttpStatusCode published, JsonNode body) = await _hub.SendAsync(
            HttpMethod.Post, $"api/packages/{_case}/publish", """{"force":true,"reason":"a test"}""", "application/json");
        Assert.That((int)published, Is.InRange(200, 299), body.ToJsonString());
        (_, JsonNode requests) = await _hub.GetAsync($"cases/{_case}/fhir/ServiceRequest");
        string id = requests["entry"]![0]!["resource"]!["id"]!.GetValue<string>();

        using HttpResponseMessage response = await _hub.Http.GetAsync($"cases/{_case}/fhir/ServiceRequest/{id}/$package?_format=xml");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        Assert.That(Value(XDocument.Parse(await response.Content.ReadAsStringAsync()), "valueString"), Is.EqualTo(InXml));
    }

    private static string Value(XDocument document, string name) =>
        document.Descendants().Single(element => element.Name.LocalName == name).Attribute("value")!.Value;
}
