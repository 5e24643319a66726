using System.Text;
using NUnit.Framework;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Tests.Resources;

internal sealed class FhirXmlTests
{
    private const string Json = "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"1e5\"},\"valueQuantity\":{\"value\":@}}";

    private const string Xml = "<Observation xmlns=\"http://hl7.org/fhir\"><status value=\"final\"/><code><text value=\"1e5\"/></code>"
        + "<valueQuantity><value value=\"@\"/></valueQuantity></Observation>";

    [TestCase("1e2")]
    [TestCase("1E3")]
    [TestCase("1.0E+3")]
    [TestCase("100")]
    [TestCase("1.00")]
    [TestCase("-0.0")]
    [TestCase("0.000000000000000000000000000000001")]
    [TestCase("-12345678901234567890123456789.0123456789")]
    [TestCase("1e400")]
    public void A_decimal_is_in_xml_and_back_what_it_was(string number)
    {
        string json = Json.Replace("@", number, StringComparison.Ordinal);

        byte[] xml = FhirXml.FromJson(Encoding.UTF8.GetBytes(json));

        Assert.That(Encoding.UTF8.GetString(xml), Does.Contain($"<value value=\"{number}\" />"));
        Assert.That(ToJson(xml), Is.EqualTo(json));
    }

    [TestCase("1e2")]
    [TestCase("0.0000000000000000000000000000000010")]
    public void A_decimal_in_any_encoding_of_xml_is_what_it_was(string number)
    {
        string xml = Xml.Replace("@", number, StringComparison.Ordinal);

        Assert.That(ToJson(Encoding.UTF8.GetBytes(xml)), Does.Contain($"\"value\":{number}}}").And.Contains("\"text\":\"1e5\""));
        Assert.That(ToJson([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(xml)]), Does.Contain($"\"value\":{number}}}"));
    }

    [TestCase("<x:status xmlns:x=\"urn:x\" value=\"amended\"/>")]
    [TestCase("<status xmlns=\"http://www.w3.org/1999/xhtml\" value=\"amended\"/>")]
    [TestCase("<contained><Basic xmlns=\"urn:x\"/></contained>")]
    public void An_element_of_another_namespace_is_none_of_the_resource(string foreign) => Assert.That(
        () => ToJson(Encoding.UTF8.GetBytes(Xml.Replace("<code>", foreign + "<code>", StringComparison.Ordinal))),
        Throws.InstanceOf<FhirFormatException>());

    [Test]
    public void A_narrative_is_of_its_own_namespace() => Assert.That(
        ToJson(Encoding.UTF8.GetBytes(Xml.Replace("@", "1", StringComparison.Ordinal).Replace(
            "<status", "<text><status value=\"generated\"/><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a<b>c</b></p><div>d</div></div></text><status",
            StringComparison.Ordinal))),
        Does.Contain("<p>a<b>c</b></p>").Or.Contain("\\u003Cp"));

    private static string ToJson(byte[] xml)
    {
        using MemoryStream stream = new(xml);
        return Encoding.UTF8.GetString(FhirXml.ToJson(stream));
    }
}
