using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;

namespace RecordHub.Core.Resources;

/// <summary>FHIR R4 resources between JSON and XML.</summary>
/// <remarks>
/// The parser takes what an R4 parser can represent and refuses what it would lose, such as unknown elements. No DTD is
/// read, so no entity is expanded.
/// </remarks>
public static class FhirXml
{
    /// <summary>Nesting of elements; the depth of JSON that we take, and room for the values that are attributes there.</summary>
    public const int MaxDepth = 160;

    /// <summary>Characters of one XML document.</summary>
    public const long MaxCharacters = 512L << 20;

    /// <summary>Of the elements of FHIR in XML.</summary>
    public static readonly XNamespace Namespace = "http://hl7.org/fhir";

    private static readonly DeserializerSettings s_settings = new DeserializerSettings { DisallowXsiAttributesOnRoot = false }
        .UsingMode(DeserializationMode.Recoverable, null);

    private static readonly XmlReaderSettings s_reading = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxCharacters,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>The resource in XML, UTF-8. Characters that XML does not have are U+FFFD in it.</summary>
    /// <exception cref="FhirFormatException">The JSON is no R4 resource.</exception>
    public static byte[] FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            ExactNumbers numbers = new();
            Utf8JsonReader reader = new(numbers.InJson(XmlText.Of(json), MaxDepth), new JsonReaderOptions { MaxDepth = MaxDepth });
            FhirJsonDeserializer parser = new(s_settings);
            if (!parser.TryDeserializeResource(ref reader, out Resource? resource, out IEnumerable<CodedException> issues)
                || resource is null)
            {
                throw Refused(issues);
            }

            return numbers.Restore(FhirXmlSerializer.Default.SerializeToBytes(resource));
        }
        catch (JsonException exception)
        {
            throw new FhirFormatException("The resource is no JSON.", null, exception);
        }
    }

    /// <summary>The resource in JSON, UTF-8.</summary>
    /// <exception cref="FhirFormatException">The XML is no R4 resource, or over a limit.</exception>
    public static byte[] ToJson(Stream xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        try
        {
            using XmlReader inner = XmlReader.Create(xml, s_reading);
            ExactNumbers numbers = new();
            using BoundedXmlReader reader = new(inner, MaxDepth, numbers.Of);
            if (reader.MoveToContent() != XmlNodeType.Element || reader.NamespaceURI != Namespace.NamespaceName)
            {
                throw new FhirFormatException("The XML is no FHIR resource: its root is not in the FHIR namespace.");
            }

            FhirXmlDeserializer parser = new(s_settings);
            if (!parser.TryDeserializeResource(reader, out Resource? resource, out IEnumerable<CodedException> issues)
                || resource is null)
            {
                throw Refused(issues);
            }

            return numbers.Restore(FhirJsonSerializer.Default.SerializeToBytes(resource));
        }
        catch (XmlException exception)
        {
            throw new FhirFormatException("The XML is not well-formed, or not allowed here.", Where(exception), exception);
        }
    }

    /// <summary>The elements, with what is no R4 among them; null when it is no XML, or over a limit.</summary>
    public static XElement? Tree(Stream xml)
    {
        try
        {
            using XmlReader inner = XmlReader.Create(xml, s_reading);
            using BoundedXmlReader reader = new(inner, MaxDepth);
            return XDocument.Load(reader, LoadOptions.None).Root;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    // The parser's own sentences may quote values; only their codes and places are passed on.
    private static FhirFormatException Refused(IEnumerable<CodedException> issues)
    {
        CodedException? first = issues.FirstOrDefault();
        string code = first?.ErrorCode ?? "unknown";
        return first?.InnerException is XmlException xml
            ? new FhirFormatException("The XML is not well-formed, or not allowed here.", Where(xml), first)
            : new FhirFormatException($"The resource is not R4 (parser code {code}).", Place(first), first);
    }

    private static string? Place(CodedException? issue) => issue is ExtendedCodedException { } extended
        ? extended.Position is { } position ? $"{extended.InstancePath} ({position})" : extended.InstancePath
        : null;

    private static string? Where(XmlException exception) =>
        exception.LineNumber == 0 ? null : $"line {exception.LineNumber}, column {exception.LinePosition}";
}
