using Microsoft.AspNetCore.Http;
using NUnit.Framework;
using RecordHub.Server.Fhir;
using RecordHub.Server.Web;

namespace RecordHub.Server.Tests.Fhir;

internal sealed class FhirFormatTests
{
    [TestCase(null, null, false)]
    [TestCase("*/*", null, false)]
    [TestCase("application/json", null, false)]
    [TestCase("application/fhir+json; fhirVersion=4.0", null, false)]
    [TestCase("application/fhir+xml", null, true)]
    [TestCase("application/fhir+json;q=0.5, application/fhir+xml;q=0.9", null, true)]
    [TestCase("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.9", null, false)]
    [TestCase("application/fhir+xml", "json", false)]
    [TestCase("text/csv", "application/fhir+xml", true)]
    [TestCase(null, "application/fhir xml", true)]
    public void IsXml_follows_format_then_accept(string? accept, string? format, bool xml) =>
        Assert.That(FhirFormat.IsXml(Request(accept, format)), Is.EqualTo(xml));

    [TestCase("text/csv", null)]
    [TestCase("application/pdf", null)]
    [TestCase(null, "turtle")]
    [TestCase("application/json;q=0", null)]
    [TestCase("application/fhir+json; fhirVersion=3.0", null)]
    [TestCase(null, "application/fhir+json; fhirVersion=5.0")]
    public void IsXml_refuses_other_formats(string? accept, string? format) => Assert.That(
        Assert.Throws<RefusedException>(() => FhirFormat.IsXml(Request(accept, format)))!.Status, Is.EqualTo(406));

    private static HttpRequest Request(string? accept, string? format)
    {
        DefaultHttpContext context = new();
        if (accept is not null)
        {
            context.Request.Headers.Accept = accept;
        }

        if (format is not null)
        {
            context.Request.QueryString = QueryString.Create("_format", format);
        }

        return context.Request;
    }
}
