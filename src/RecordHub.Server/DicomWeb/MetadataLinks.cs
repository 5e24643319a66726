using System.Buffers;
using System.Text;

namespace RecordHub.Server.DicomWeb;

/// <summary>Makes the BulkDataURIs of an indexed header, which are relative to its instance, into ones to be followed.</summary>
internal static class MetadataLinks
{
    private static ReadOnlySpan<byte> Marker => "\"BulkDataURI\":\"bulkdata/"u8;

    /// <summary>
    /// Copies the JSON with <paramref name="instanceUrl"/> and a slash before each of them. The marker cannot be part of
    /// a value: a quotation mark in one is escaped.
    /// </summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> json, string instanceUrl)
    {
        byte[] prefix = Encoding.UTF8.GetBytes(instanceUrl + "/");
        int keep = "\"BulkDataURI\":\""u8.Length;
        int at;
        while ((at = json.IndexOf(Marker)) >= 0)
        {
            output.Write(json[..(at + keep)]);
            output.Write(prefix);
            json = json[(at + keep)..];
        }

        output.Write(json);
    }
}
