using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>Bytes to resources, whatever the format.</summary>
internal static class FhirReading
{
    private const int MaxDepth = 128;
    private const int MaxBytes = 1 << 30;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <exception cref="FhirInputException">Not R4, malformed, or over a limit.</exception>
    public static FhirEntries Read(ContentKind kind, Stream content)
    {
        FhirEntries entries = new();
        FhirScope scope = new(outer: null);
        if (kind == ContentKind.FhirXml)
        {
            FhirXmlInput xml = FhirXmlInput.Read(content);
            entries.AddRoot(Parse(xml.Json, string.Empty), scope, xml.Unread);
            return entries;
        }

        ReadOnlyMemory<byte> bytes = All(content);
        if (kind == ContentKind.FhirNdjson)
        {
            Lines(bytes, entries, scope);
        }
        else
        {
            entries.AddRoot(Parse(bytes, string.Empty), scope);
        }

        return entries;
    }

    private static void Lines(ReadOnlyMemory<byte> bytes, FhirEntries entries, FhirScope scope)
    {
        int number = 0;
        while (!bytes.IsEmpty)
        {
            int end = bytes.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            number++;
            if (line.Span.ContainsAnyExcept(" \t\r"u8))
            {
                string where = string.Create(CultureInfo.InvariantCulture, $"line {number}");
                entries.AddLine(() => Parse(line, where + ", "), scope, where);
            }
        }
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> bytes, string place)
    {
        if (!Utf8.IsValid(bytes.Span))
        {
            throw new FhirInputException("malformed", "The text is not UTF-8.", place.TrimEnd(',', ' '));
        }

        try
        {
            return JsonDocument.Parse(bytes, s_options).RootElement;
        }
        catch (JsonException exception)
        {
            string where = string.Create(
                CultureInfo.InvariantCulture,
                $"{place}line {(exception.LineNumber ?? 0) + 1}, byte {(exception.BytePositionInLine ?? 0) + 1}");
            throw new FhirInputException("malformed", "The JSON is broken, names a member twice, or is nested too deep.", where, exception);
        }
    }

    private static ReadOnlyMemory<byte> All(Stream content)
    {
        long length = content.Length - content.Position;
        if (length > MaxBytes)
        {
            throw new FhirInputException("limit", "The content is larger than is read at once; send it in parts.", null);
        }

        byte[] bytes = new byte[length];
        int read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        ReadOnlyMemory<byte> all = bytes.AsMemory(0, read);
        return all.Span.StartsWith("\uFEFF"u8) ? all[3..] : all;
    }
}
