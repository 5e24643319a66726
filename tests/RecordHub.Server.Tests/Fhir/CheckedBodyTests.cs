using System.Text;
using NUnit.Framework;
using RecordHub.Core.Resources;
using RecordHub.Server.Fhir;
using RecordHub.Server.Web;

namespace RecordHub.Server.Tests.Fhir;

internal sealed class CheckedBodyTests
{
    private const string Before = """
        {"entry":[
          {"fullUrl":"urn:uuid:1","resource":{"id":"p","resourceType":"Patient","name":[{"family":"{\"entry\":[\\"}],"contact":[{"name":{"text":"x"}}]}},
          {"request":{"method":"POST","url":"x"},"resource":{"resourceType":"Basic","code":{"text":"method"},"extension":[{"url":"urn:x","valueString":"DELETE"}]}},
          {"request":{"url":"Patient/x","method":"
        """;

    private const string Refused = Before + "DELETE\"}}],\"type\":\"transaction\",\"resourceType\":\"Bundle\"}";

    [Test]
    public async Task A_transaction_is_refused_at_its_end_wherever_the_reads_split([Values] bool isXml)
    {
        byte[] body = Encoding.UTF8.GetBytes(Refused);
        body = isXml ? FhirXml.FromJson(body) : body;
        for (int split = 1; split < body.Length; split += 3)
        {
            RefusedException? refused = await ReadAsync(body, split);

            Assert.That(refused?.Status, Is.EqualTo(422), $"reads of {split} bytes");
            Assert.That(refused!.Issue.Expression, Is.EqualTo("Bundle.entry[2]"));
        }
    }

    [TestCase(Before + "PUT\"}}],\"type\":\"transaction\",\"resourceType\":\"Bundle\"}")]
    [TestCase(Before + "DELETE\"}}],\"type\":\"batch\",\"resourceType\":\"Bundle\"}")]
    [TestCase(Before + "DELETE\"}}],\"type\":\"history\",\"resourceType\":\"Bundle\"}")]
    [TestCase(Refused + "\n{\"resourceType\":\"Basic\"}")]
    [TestCase("{\"resourceType\":")]
    [TestCase("}}]]\"{")]
    [TestCase("<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"transaction\"/>")]
    [TestCase("<Bundle")]
    [TestCase("<!DOCTYPE Bundle [<!ENTITY a \"b\">]><Bundle/>")]
    [TestCase("hello")]
    [TestCase("")]
    public async Task Everything_else_is_passed_on_untouched(string text)
    {
        byte[] body = Encoding.UTF8.GetBytes(text);
        foreach (int split in (int[])[1, 7, body.Length + 1])
        {
            Assert.That(await ReadAsync(body, split), Is.Null);
        }
    }

    [TestCase("DELETE", "\\u0044ELETE")]
    [TestCase("\"method\"", "\"m\\u0065thod\"")]
    public async Task Escapes_hide_nothing(string plain, string escaped) => Assert.That(
        await ReadAsync(Encoding.UTF8.GetBytes(Refused.Replace(plain, escaped, StringComparison.Ordinal)), 5), Is.Not.Null);

    private static async Task<RefusedException?> ReadAsync(byte[] body, int split)
    {
        await using CheckedBody stream = new(new MemoryStream(body), null);
        using MemoryStream passed = new();
        byte[] buffer = new byte[split];
        RefusedException? refused = null;
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer)) > 0)
            {
                passed.Write(buffer.AsSpan(0, read));
            }
        }
        catch (RefusedException exception)
        {
            refused = exception;
        }

        Assert.That(passed.ToArray(), Is.EqualTo(body));
        return refused;
    }
}
