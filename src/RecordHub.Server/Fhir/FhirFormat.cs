using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>The two wire formats of R4, and how one is chosen (R4 http.html §mime-type).</summary>
internal static class FhirFormat
{
    /// <summary>The media type of JSON.</summary>
    public const string Json = "application/fhir+json";

    /// <summary>The media type of XML.</summary>
    public const string Xml = "application/fhir+xml";

    /// <summary>The media type of resources in JSON, one a line.</summary>
    public const string Lines = "application/fhir+ndjson";

    private const string Advice = "Accept application/fhir+json or application/fhir+xml.";

    /// <summary>Whether the answer is to be XML: <c>_format</c> beats Accept, the highest q wins, JSON breaks a tie.</summary>
    /// <exception cref="RefusedException">Neither format is accepted (406).</exception>
    public static bool IsXml(HttpRequest request)
    {
        string format = request.Query["_format"].ToString();
        if (format.Length > 0)
        {
            // A plus sign that was not escaped arrives as a space.
            string name = format.Split(';')[0].Trim().Replace(' ', '+').ToLowerInvariant();
            return name switch
            {
                _ when format.Split(';').Skip(1).Any(parameter => IsOtherVersion(parameter.Split('=')[0], parameter.Split('=')[^1])) =>
                    throw new RefusedException(
                        StatusCodes.Status406NotAcceptable, "not-supported", "The release of FHIR is 4.0.", "_format"),
                "json" or "application/json" or "application/fhir+json" or "text/json" => false,
                "xml" or "application/xml" or "application/fhir+xml" or "text/xml" => true,
                _ => throw new RefusedException(
                    StatusCodes.Status406NotAcceptable, "not-supported", "The parameter _format may be json or xml.", "_format"),
            };
        }

        if (request.Headers.Accept.Count == 0)
        {
            return false;
        }

        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted))
        {
            throw new RefusedException(StatusCodes.Status406NotAcceptable, "not-supported", Advice);
        }

        double json = 0;
        double xml = 0;
        foreach (MediaTypeHeaderValue type in accepted)
        {
            double quality = type.Parameters.Any(parameter => IsOtherVersion(parameter.Name.ToString(), parameter.Value.ToString()))
                ? 0 : type.Quality ?? 1;
            switch (type.MediaType.Value?.ToLowerInvariant())
            {
                case "application/fhir+json" or "application/json" or "text/json" or "application/json+fhir":
                    json = Math.Max(json, quality);
                    break;
                case "application/fhir+xml" or "application/xml" or "text/xml" or "application/xml+fhir":
                    xml = Math.Max(xml, quality);
                    break;
                case "*/*" or "application/*":
                    // A wildcard never beats a format that was named: browsers name XML below HTML, and get JSON.
                    json = Math.Max(json, quality);
                    break;
                default:
                    break;
            }
        }

        return json > 0 || xml > 0
            ? xml > json
            : throw new RefusedException(StatusCodes.Status406NotAcceptable, "not-supported", Advice);
    }

    // R4 http.html#version-parameter: another release is not answered with this one.
    private static bool IsOtherVersion(string parameter, string value) =>
        parameter.Trim().Equals("fhirVersion", StringComparison.OrdinalIgnoreCase) && value.Trim(' ', '"') is not ("4.0" or "4.0.1");

    /// <summary>Whether a FHIR format is asked for by name; what a Binary is served as hangs on it (R4 binary.html §rest).</summary>
    public static bool IsNamed(HttpRequest request)
    {
        if (request.Query["_format"].ToString().Length > 0)
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted)
            && accepted.Any(type => type.MediaType.Value?.ToLowerInvariant() is
                "application/fhir+json" or "application/fhir+xml");
    }
}
