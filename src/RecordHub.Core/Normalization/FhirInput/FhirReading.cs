using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

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
            entries.Add(Parse(Xml(content), string.Empty), scope, "Bundle");
            return entries;
        }

        ReadOnlyMemory<byte> bytes = All(content);
        if (kind == ContentKind.FhirNdjson)
        {
            Lines(bytes, entries, scope);
        }
        else
        {
            JsonElement root = Parse(bytes, string.Empty);
            entries.Add(root, scope, FhirValue.Text(root, "resourceType") ?? "resource");
        }

        return entries;
    }

    private static void Lines(ReadOnlyMemory<byte> bytes, FhirEntries entries, FhirScope scope)
    {
        int number = 0;
        int broken = 0;
        FhirInputException? first = null;
        while (!bytes.IsEmpty)
        {
            int end = bytes.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            number++;
            if (line.Span.ContainsAnyExcept(" \t\r"u8))
            {
                string where = string.Create(CultureInfo.InvariantCulture, $"line {number}");
                try
                {
                    entries.Add(Parse(line, where + ", "), scope, where);
                }
                catch (FhirInputException exception) when (exception.Code == "malformed")
                {
                    broken++;
                    first ??= exception;
                    entries.Broken ??= $"{where} is not a FHIR resource";
                    entries.Warn($"{where} is not a FHIR resource");
                }
            }
        }

        if (broken > 1)
        {
            entries.Broken = string.Create(CultureInfo.InvariantCulture, $"{entries.Broken}, nor are {broken - 1} more lines");
        }

        if (entries.All.Count == 0 && first is not null)
        {
            throw first;
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
            throw new FhirInputException("malformed", "The JSON is broken, or nested too deep.", where, exception);
        }
    }

    private static byte[] Xml(Stream content)
    {
        long start = content.Position;
        try
        {
            return FhirXml.ToJson(content);
        }
        catch (FhirFormatException exception)
        {
            content.Position = start;
            string? other = FhirXmlRelease.Other(content);
            throw other is null
                ? new FhirInputException("malformed", exception.Message, exception.Where, exception)
                : new FhirInputException(
                    "not-r4", $"The content is not FHIR R4 ({other} is another release's). Send it as R4.",
                    exception.Where, exception);
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
