using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using RecordHub.Core.Resources;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Fhir;

/// <summary>
/// The capability statement (R4 capabilitystatement.html), made of the routes' and the search tables' own data, so that
/// it cannot say what is not so. Pure.
/// </summary>
internal static class Capability
{
    private static readonly JsonWriterOptions s_writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // By the type that they lead to.
    private static readonly Lazy<ILookup<string, string>> s_leadingTo = new(() => SearchParameterTable.Types
        .SelectMany(type => SearchIncludes.Of(type).SelectMany(code => SearchTargets.Of(type, code).Select(target => (target, $"{type}:{code}"))))
        .ToLookup(pair => pair.target, pair => pair.Item2));

    public static ReadOnlyMemory<byte> Write(string serviceBase, string tokenUrl, string version, HttpLimits limits)
    {
        ArrayBufferWriter<byte> output = new(64 * 1024);
        using Utf8JsonWriter json = new(output, s_writer);
        json.WriteStartObject();
        json.WriteString("resourceType", "CapabilityStatement");
        json.WriteString("status", "active");
        json.WriteString("date", "2026-01-01");
        json.WriteString("kind", "instance");
        json.WriteStartObject("software");
        json.WriteString("name", "RecordHub");
        json.WriteString("version", version);
        json.WriteEndObject();
        json.WriteStartObject("implementation");
        json.WriteString("description", "Records consolidated for a second opinion");
        json.WriteString("url", serviceBase);
        json.WriteEndObject();
        json.WriteString("fhirVersion", "4.0.1");
        WriteTexts(json, "format", "application/fhir+json", "application/fhir+xml", "json", "xml");
        json.WriteStartArray("rest");
        json.WriteStartObject();
        json.WriteString("mode", "server");
        json.WriteString(
            "documentation",
            $"A request body may have {limits.FhirBodyBytes} bytes, a search page {limits.FhirPageSize} matches. "
            + "What is sent in is verified against a case: filed (201, or 200 for a bundle), or held for a person (202 with "
            + "an OperationOutcome; of a batch or of NDJSON each entry or line is answered on its own). Entries are taken with "
            + "POST and PUT; a transaction that asks for more is refused (422), of a batch that entry is (405). Conditions of these are not looked at, which is said. "
            + $"A batch also reads and searches with GET and HEAD, {BatchReads.Most} times and {BatchReads.MostBytes} bytes in all, after what it sends was taken, "
            + "with ifNoneMatch and ifModifiedSince; one that only does so, in 1 MiB, is not kept. "
            + "Search has the modifiers :missing, :not and :of-type of tokens, :identifier and :TYPE of references, :contains and :exact of text; "
            + "text is compared without case and diacritics, but with :exact. Matches come in the order of their last change, or by _sort, with three keys at most; "
            + "references are chained up to two steps, as in patient.identifier or subject:Patient.organization.name, and back (_has) one step, without :exact; "
            + "_include and _revinclude take one step, with :iterate up to eight, and 1000 resources on a page. Quantities are compared in the unit that is asked for; nothing is converted. "
            + "Composite parameters are offered of Observation only, of its components with quantities only; near is not. _summary and _elements mark what they shorten. "
            + "A parameter that is not understood is refused (400), or with Prefer: handling=lenient passed over and told. Name the case by the header X-RecordHub-Case or the service root /cases/NUMBER/fhir.");
        WriteSecurity(json, tokenUrl);
        json.WriteStartArray("resource");
        foreach (string type in SearchParameterTable.Types)
        {
            WriteType(json, type);
        }

        json.WriteEndArray();
        WriteCodes(json, "interaction", "transaction", "batch", "search-system");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    // SMART App Launch, "Declaring support for OAuth 2.0 endpoints" in the capability statement.
    private static void WriteSecurity(Utf8JsonWriter json, string tokenUrl)
    {
        json.WriteStartObject("security");
        json.WriteStartArray("extension");
        json.WriteStartObject();
        json.WriteString("url", "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris");
        json.WriteStartArray("extension");
        json.WriteStartObject();
        json.WriteString("url", "token");
        json.WriteString("valueUri", tokenUrl);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteBoolean("cors", true);
        json.WriteStartArray("service");
        json.WriteStartObject();
        json.WriteStartArray("coding");
        json.WriteStartObject();
        json.WriteString("system", "http://terminology.hl7.org/CodeSystem/restful-security-service");
        json.WriteString("code", "SMART-on-FHIR");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString(
            "description",
            "Bearer tokens (Authorization: Bearer TOKEN), static ones or those of SMART Backend Services; every read passes the token's "
            + "cases and the types of its scopes.");
        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        WriteCodes(json, "interaction", "read", "vread", "history-instance", "search-type", "create");
        json.WriteString("versioning", "versioned");
        json.WriteBoolean("readHistory", true);
        json.WriteBoolean("updateCreate", false);
        json.WriteBoolean("conditionalCreate", false);
        json.WriteStartArray("searchParam");
        WriteParameter(json, "_id", "token");
        WriteParameter(json, "_lastUpdated", "date");
        foreach (SearchParameterDefinition parameter in SearchParameterTable.For(type))
        {
            if (parameter.Code is not ("_id" or "_lastUpdated"))
            {
                WriteParameter(json, parameter.Code, parameter.Kind.ToString().ToLowerInvariant());
            }
        }

        json.WriteEndArray();
        string[] includes = [.. SearchIncludes.Of(type).Select(code => $"{type}:{code}")];
        if (includes.Length > 0)
        {
            WriteTexts(json, "searchInclude", includes);
        }

        if (s_leadingTo.Value.Contains(type))
        {
            WriteTexts(json, "searchRevInclude", [.. s_leadingTo.Value[type]]);
        }

        if (Operations(type) is { Length: > 0 } operations)
        {
            json.WriteStartArray("operation");
            foreach ((string name, string definition) in operations)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("definition", definition);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static (string Name, string Definition)[] Operations(string type) => type switch
    {
        "Patient" =>
        [
            ("everything", "http://hl7.org/fhir/OperationDefinition/Patient-everything"),
            ("match", "http://hl7.org/fhir/OperationDefinition/Patient-match"),
        ],
        "DocumentReference" => [("docref", "http://hl7.org/fhir/uv/ipa/OperationDefinition/docref")],
        "ServiceRequest" => [("package", "urn:recordhub:OperationDefinition:package")],
        _ => [],
    };

    private static void WriteParameter(Utf8JsonWriter json, string name, string type)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    private static void WriteCodes(Utf8JsonWriter json, string name, params ReadOnlySpan<string> codes)
    {
        json.WriteStartArray(name);
        foreach (string code in codes)
        {
            json.WriteStartObject();
            json.WriteString("code", code);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, params ReadOnlySpan<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
