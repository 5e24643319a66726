using System.Buffers;
using System.Text;
using NUnit.Framework;
using RecordHub.Server.DicomWeb;

namespace RecordHub.Server.Tests.DicomWeb;

internal sealed class MetadataLinksTests
{
    [TestCase("{}", "{}")]
    [TestCase(
        "{\"7FE00010\":{\"vr\":\"OW\",\"BulkDataURI\":\"bulkdata/7FE00010\"}}",
        "{\"7FE00010\":{\"vr\":\"OW\",\"BulkDataURI\":\"http://hub/i/bulkdata/7FE00010\"}}")]
    [TestCase(
        "{\"00104000\":{\"vr\":\"LT\",\"Value\":[\"\\\"BulkDataURI\\\":\\\"bulkdata/x\"]}}",
        "{\"00104000\":{\"vr\":\"LT\",\"Value\":[\"\\\"BulkDataURI\\\":\\\"bulkdata/x\"]}}")]
    public void Write_completes_the_links_and_nothing_else(string json, string expected)
    {
        ArrayBufferWriter<byte> output = new();

        MetadataLinks.Write(output, Encoding.UTF8.GetBytes(json), "http://hub/i");

        Assert.That(Encoding.UTF8.GetString(output.WrittenSpan), Is.EqualTo(expected));
    }
}
