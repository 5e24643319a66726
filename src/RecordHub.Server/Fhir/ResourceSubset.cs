using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>
/// Parts of a resource: <c>_summary</c> and <c>_elements</c> (R4 search.html §summary, §elements). What is mandatory or changes
/// the meaning stays, what stays is copied as it is, and <c>meta.tag</c> says SUBSETTED. Pure.
/// </summary>
internal sealed class ResourceSubset
{
    private static readonly JsonWriterOptions s_writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };
    private static readonly JsonReaderOptions s_reader = new() { MaxDepth = 256 };

    private readonly Func<string, PropertyMapping?, bool> _keeps;
    private readonly bool _isSummary;

    private ResourceSubset(Func<string, PropertyMapping?, bool> keeps, bool isSummary = false) =>
        (_keeps, _isSummary) = (keeps, isSummary);

    /// <summary>Those of the standard's summary.</summary>
    public static ResourceSubset Summary { get; } = new((_, element) => element is { InSummary: true } or { IsMandatoryElement: true }, isSummary: true);

    /// <summary>The narrative, and what must be there.</summary>
    public static ResourceSubset Text { get; } = new((name, element) => name == "text" || element is { IsMandatoryElement: true });

    /// <summary>All but the narrative.</summary>
    public static ResourceSubset Data { get; } = new((name, _) => name != "text");

    /// <summary>These elements of the root.</summary>
    /// <exception cref="RefusedException">None of the types has an element of a name (400).</exception>
    public static ResourceSubset Elements(IReadOnlyList<string> types, string names)
    {
        HashSet<string> wanted = [.. names.Split(',', StringSplitOptions.TrimEntries)];
        return wanted.All(name => types.Count == 0 || types.Any(type => name == "resourceType" || Find(Mapping(type), name) is not null))
            ? new((name, element) => wanted.Contains(name) || (element is not null && wanted.Contains(element.Name)) || element is { IsMandatoryElement: true })
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", "The parameter _elements takes names of elements at the root of what is asked for.",
                "http.parameter._elements");
    }

    /// <summary>What a read of one resource asks for; null for all of it.</summary>
    public static ResourceSubset? Of(HttpRequest request, string type) =>
        HttpMethods.IsPost(request.Method) ? null
        : request.Query["_elements"].ToString() is { Length: > 0 } names ? Elements([type], names)
        : request.Query["_summary"].ToString() is { Length: > 0 } summary ? Named(summary) : null;

    /// <summary>The value of <c>_summary</c>; null for the whole resource.</summary>
    /// <exception cref="RefusedException">It is none of these (400).</exception>
    public static ResourceSubset? Named(string value) => value switch
    {
        "true" => Summary,
        "text" => Text,
        "data" => Data,
        "false" => null,
        _ => throw new RefusedException(
            StatusCodes.Status400BadRequest, "invalid", "The parameter _summary takes true, text, data or false; a search takes count as well.",
            "http.parameter._summary"),
    };

    /// <summary>The parts of a resource as it is served.</summary>
    public ReadOnlyMemory<byte> Take(string type, ReadOnlySpan<byte> json)
    {
        ArrayBufferWriter<byte> output = new(json.Length);
        using Utf8JsonWriter writer = new(output, s_writer);
        Utf8JsonReader reader = new(json, s_reader);
        reader.Read();
        writer.WriteStartObject();
        ClassMapping? mapping = Mapping(type);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            string element = name.TrimStart('_');
            if (element == "meta" && reader.TokenType == JsonTokenType.StartObject)
            {
                WriteMeta(writer, ref reader, json);
            }
            else if (element is "resourceType" or "id" or "implicitRules" or "modifierExtension" || _keeps(element, Find(mapping, element)))
            {
                writer.WritePropertyName(name);
                Copy(writer, ref reader, json, _isSummary && name == element ? Find(mapping, element) : null, element);
            }
            else
            {
                reader.Skip();
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    private static void WriteMeta(Utf8JsonWriter writer, ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        writer.WriteStartObject("meta");
        bool isTagged = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (name == "tag" && reader.TokenType == JsonTokenType.StartArray && !isTagged)
            {
                isTagged = true;
                writer.WriteStartArray(name);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    Raw(writer, ref reader, json);
                }

                WriteTag(writer);
                writer.WriteEndArray();
            }
            else
            {
                writer.WritePropertyName(name);
                Raw(writer, ref reader, json);
            }
        }

        if (!isTagged)
        {
            writer.WriteStartArray("tag");
            WriteTag(writer);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteTag(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("system", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue");
        writer.WriteString("code", "SUBSETTED");
        writer.WriteEndObject();
    }

    // With an element: the summary of its value, in which an Attachment has no data. Without: as it is.
    private static void Copy(
        Utf8JsonWriter writer, ref Utf8JsonReader reader, ReadOnlySpan<byte> json, PropertyMapping? element, string name)
    {
        if (element is not null && reader.TokenType == JsonTokenType.StartArray)
        {
            writer.WriteStartArray();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Copy(writer, ref reader, json, element, name);
            }

            writer.WriteEndArray();
        }
        else if (element is not null && reader.TokenType == JsonTokenType.StartObject && TypeOf(element, name) is { } type && HasSummary(reader, type))
        {
            CopyObject(writer, ref reader, json, type);
        }
        else
        {
            Raw(writer, ref reader, json);
        }
    }

    private static void CopyObject(Utf8JsonWriter writer, ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ClassMapping type)
    {
        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            string element = name.TrimStart('_');
            reader.Read();
            if (IsOfSummary(type, element))
            {
                writer.WritePropertyName(name);
                Copy(writer, ref reader, json, name == element ? Find(type, element) : null, element);
            }
            else
            {
                reader.Skip();
            }
        }

        writer.WriteEndObject();
    }

    // An object of which nothing would be left is no FHIR, and is kept.
    private static bool HasSummary(Utf8JsonReader reader, ClassMapping type)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsOfSummary(type, reader.GetString()!.TrimStart('_')))
            {
                return true;
            }

            reader.Read();
            reader.Skip();
        }

        return false;
    }

    private static bool IsOfSummary(ClassMapping type, string element) =>
        element is "id" or "modifierExtension" || Find(type, element) is { InSummary: true } or { IsMandatoryElement: true };

    private static void Raw(Utf8JsonWriter writer, ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        writer.WriteRawValue(json[start..(int)reader.BytesConsumed], skipInputValidation: true);
    }

    private static ClassMapping? Mapping(string type) => ModelInfo.ModelInspector.FindClassMapping(type);

    private static PropertyMapping? Find(ClassMapping? mapping, string name) =>
        mapping?.FindMappedElementByName(name) ?? mapping?.FindMappedElementByChoiceName(name);

    // A resource within stays as it is; of a choice the name tells the type.
    private static ClassMapping? TypeOf(PropertyMapping element, string name) =>
        (element.Choice == ChoiceType.DatatypeChoice ? Mapping(name[element.Name.Length..]) : element.PropertyTypeMapping)
            is { IsResource: false, IsFhirPrimitive: false } type ? type : null;
}
