using System.Text.Json;
using System.Xml;

namespace RecordHub.Core.Intake;

/// <summary>FHIR by its first bytes, in JSON, NDJSON and XML.</summary>
internal static class FhirSignature
{
    private const string Namespace = "http://hl7.org/fhir";
    private const int MaxDepth = 192;

    internal static SniffedContent? Recognise(ReadOnlySpan<byte> head, string? fileName, string? mediaType)
    {
        // What its sender calls FHIR is read as FHIR, whose reader says where it is none.
        ContentKind? declared = Declared(mediaType);
        ReadOnlySpan<byte> text = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        int start = text.IndexOfAnyExcept(" \t\r\n"u8);
        SniffedContent? found = start < 0 ? null : text[start] switch
        {
            (byte)'{' => Json(text[start..], fileName, mediaType),
            (byte)'<' => Xml(head),
            0xFE or 0xFF => Xml(head), // UTF-16
            _ => null,
        };
        return found ?? (declared is { } kind ? new SniffedContent(kind, "FHIR content") : null);
    }

    private static ContentKind? Declared(string? mediaType) => mediaType switch
    {
        null => null,
        _ when !mediaType.Contains("fhir", StringComparison.OrdinalIgnoreCase) => null,
        _ when mediaType.Contains("xml", StringComparison.OrdinalIgnoreCase) => ContentKind.FhirXml,
        _ when mediaType.Contains("ndjson", StringComparison.OrdinalIgnoreCase) => ContentKind.FhirNdjson,
        _ when mediaType.Contains("json", StringComparison.OrdinalIgnoreCase) => ContentKind.FhirJson,
        _ => null,
    };

    private static SniffedContent? Json(ReadOnlySpan<byte> text, string? fileName, string? mediaType)
    {
        string extension = Path.GetExtension(fileName)?.ToLowerInvariant() ?? string.Empty;
        bool declared = mediaType?.Contains("fhir", StringComparison.OrdinalIgnoreCase) == true;
        bool typed = text.IndexOf("\"resourceType\""u8) >= 0;

        // The type may stand last; these members are FHIR's own, and the reader has the last word.
        bool likely = text.IndexOf("\"fullUrl\""u8) >= 0 || text.IndexOf("\"meta\""u8) >= 0;
        if (!typed && !declared && !likely)
        {
            return extension is ".json" or ".ndjson" || text.IndexOf("\":"u8) >= 0
                ? new SniffedContent(ContentKind.Unknown, "JSON that is not FHIR")
                : null;
        }

        bool lines = extension == ".ndjson" || mediaType?.Contains("ndjson", StringComparison.OrdinalIgnoreCase) == true
            || HasSecondObject(text);
        return lines
            ? new SniffedContent(ContentKind.FhirNdjson, "FHIR resources, one a line")
            : new SniffedContent(ContentKind.FhirJson, "FHIR content");
    }

    // Whether the first object ends within the head and another follows.
    private static bool HasSecondObject(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader reader = new(
            text, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndObject)
                {
                    ReadOnlySpan<byte> rest = text[(int)reader.BytesConsumed..].TrimStart(" \t\r\n"u8);
                    return !rest.IsEmpty && rest[0] == (byte)'{';
                }
            }
        }
        catch (JsonException)
        {
            // Damaged: its reader says where.
        }

        return false;
    }

    private static SniffedContent? Xml(ReadOnlySpan<byte> head)
    {
        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            MaxCharactersFromEntities = 1024,
        };
        try
        {
            using MemoryStream bytes = new(head.ToArray(), writable: false);
            using XmlReader reader = XmlReader.Create(bytes, settings);
            if (reader.MoveToContent() == XmlNodeType.Element)
            {
                if (reader.NamespaceURI == Namespace)
                {
                    return new SniffedContent(ContentKind.FhirXml, "FHIR content");
                }

                // Also behind a document type declaration: its reader refuses that, and says so.
                if (reader is { LocalName: "ClinicalDocument", NamespaceURI: "urn:hl7-org:v3" })
                {
                    return new SniffedContent(ContentKind.Cda, "CDA document");
                }
            }
        }
        catch (XmlException) when (head.IndexOf("\"http://hl7.org/fhir\""u8) >= 0)
        {
            // Damaged, but meant to be FHIR: its reader says where it breaks, and the bytes are kept.
            return new SniffedContent(ContentKind.FhirXml, "FHIR content");
        }
        catch (XmlException) when (head.IndexOf("\"urn:hl7-org:v3\""u8) >= 0 && head.IndexOf("<ClinicalDocument"u8) >= 0)
        {
            return new SniffedContent(ContentKind.Cda, "CDA document");
        }
        catch (XmlException)
        {
            // Not XML as far as the head shows.
        }

        return null;
    }
}
