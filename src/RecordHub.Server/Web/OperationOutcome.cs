using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace RecordHub.Server.Web;

/// <summary>The one body of every answer that is no success (R4 OperationOutcome), in JSON or XML.</summary>
internal static class OperationOutcome
{
    public const string Json = "application/fhir+json; charset=utf-8";
    public const string Xml = "application/fhir+xml; charset=utf-8";

    private static readonly JsonWriterOptions s_writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole answer; a HEAD request gets no body.</summary>
    public static async Task SendAsync(HttpContext context, int status, params IReadOnlyList<Issue> issues)
    {
        bool xml = PrefersXml(context.Request);
        byte[] body = xml ? ToXml(issues) : ToJson(issues);
        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = xml ? Xml : Json;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    public static byte[] ToJson(IReadOnlyList<Issue> issues)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter json = new(output, s_writer))
        {
            Write(json, issues);
        }

        return output.WrittenSpan.ToArray();
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<Issue> issues)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "OperationOutcome");
        json.WriteStartArray("issue");
        foreach (Issue issue in issues)
        {
            json.WriteStartObject();
            json.WriteString("severity", issue.Severity);
            json.WriteString("code", issue.Code);
            json.WriteString("diagnostics", issue.Diagnostics);
            if (issue.Expression is not null)
            {
                json.WriteStartArray("expression");
                json.WriteStringValue(issue.Expression);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static byte[] ToXml(IReadOnlyList<Issue> issues)
    {
        using MemoryStream output = new();
        using (XmlWriter xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("OperationOutcome", "http://hl7.org/fhir");
            foreach (Issue issue in issues)
            {
                xml.WriteStartElement("issue");
                Value("severity", issue.Severity);
                Value("code", issue.Code);
                Value("diagnostics", issue.Diagnostics);
                if (issue.Expression is not null)
                {
                    Value("expression", issue.Expression);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();

            void Value(string name, string text)
            {
                xml.WriteStartElement(name);
                xml.WriteAttributeString("value", text);
                xml.WriteEndElement();
            }
        }

        return output.ToArray();
    }

    // An error must reach a client whatever it accepts, so this never fails: XML if it is asked for, else JSON.
    private static bool PrefersXml(HttpRequest request)
    {
        string wanted = request.Query["_format"].ToString() is { Length: > 0 } format
            ? format
            : request.Headers.Accept.ToString();
        int xml = wanted.IndexOf("xml", StringComparison.OrdinalIgnoreCase);
        int json = wanted.IndexOf("json", StringComparison.OrdinalIgnoreCase);
        bool browser = wanted.Contains("text/html", StringComparison.OrdinalIgnoreCase);
        return xml >= 0 && !browser && (json < 0 || xml < json);
    }
}
