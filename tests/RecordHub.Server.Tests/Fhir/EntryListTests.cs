using System.Text;
using NUnit.Framework;
using RecordHub.Server.Fhir;

namespace RecordHub.Server.Tests.Fhir;

internal sealed class EntryListTests
{
    private const string Bundle = """
        {"type":"transaction","entry":[
          {"fullUrl":"urn:uuid:1","resource":{"id":"p","resourceType":"Patient","contained":[{"resourceType":"Practitioner"}]}},
          {"request":{"method":"GET","url":"x"}},
          {"resource":{"resourceType":"Observation","subject":{"type":"Patient"}},"request":{"method":"POST"}}
        ],"resourceType":"Bundle"}
        """;

    [Test]
    public async Task The_types_of_the_entries_are_noted_wherever_the_reads_split()
    {
        byte[] body = Encoding.UTF8.GetBytes(Bundle);
        for (int split = 1; split < body.Length; split += 3)
        {
            EntryList list = new();
            await using NotingStream stream = new(new MemoryStream(body), list);
            byte[] buffer = new byte[split];
            while (await stream.ReadAsync(buffer) > 0)
            {
            }

            Assert.That(list.ResourceType, Is.EqualTo("Bundle"));
            Assert.That(list.BundleType, Is.EqualTo("transaction"));
            Assert.That(list.Entries, Is.EqualTo(new[] { "Patient", string.Empty, "Observation" }));
        }
    }

    [TestCase("<Bundle xmlns=\"http://hl7.org/fhir\"/>")]
    [TestCase("{\"resourceType\":")]
    [TestCase("{\"a\":1}{")]
    public async Task What_is_no_json_is_passed_on_untouched(string text)
    {
        EntryList list = new();
        await using NotingStream stream = new(new MemoryStream(Encoding.UTF8.GetBytes(text)), list);
        using StreamReader reader = new(stream);

        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo(text));
        Assert.That(list.ResourceType, Is.Null);
    }
}
