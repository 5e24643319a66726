using System.Globalization;
using Microsoft.AspNetCore.Http;
using RecordHub.Core.Resources;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Sends resources in the format that was asked for, with the headers that R4 http.html wants.</summary>
internal static class FhirAnswer
{
    private const string Vary = "Accept, Authorization";

    /// <summary>A version of a resource, or 304 when the client has it.</summary>
    public static Task SendAsync(FhirCall call, ResourceVersion version, int status = StatusCodes.Status200OK)
    {
        HttpResponse response = call.Context.Response;
        response.Headers.ETag = ETag(version.Version);
        response.Headers.LastModified = version.LastUpdated.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "private, no-cache";
        if (status == StatusCodes.Status200OK && HasIt(call.Context.Request, version))
        {
            // JSON and XML of a version have one tag: what a cache holds of the other is not this (RFC 9110 §15.4.5).
            response.Headers.Append("Vary", Vary);
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        ReadOnlyMemory<byte> whole = MetaSplice.ToBytes(version);
        return SendAsync(call, ResourceSubset.Of(call.Context.Request, version.Type)?.Take(version.Type, whole.Span) ?? whole, status);
    }

    /// <summary>JSON of ours, turned into XML when that was asked for.</summary>
    public static async Task SendAsync(FhirCall call, ReadOnlyMemory<byte> json, int status = StatusCodes.Status200OK)
    {
        HttpResponse response = call.Context.Response;
        ReadOnlyMemory<byte> body = call.IsXml ? ToXml(json) : json;
        response.StatusCode = status;
        response.ContentType = call.IsXml ? OperationOutcome.Xml : OperationOutcome.Json;
        response.Headers.Append("Vary", Vary);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(call.Context.Request.Method))
        {
            await response.Body.WriteAsync(body, call.Aborted);
        }
    }

    public static string ETag(int version) => string.Create(CultureInfo.InvariantCulture, $"W/\"{version}\"");

    /// <summary>404 for what never was within the scope, 410 for what is gone (R4 http.html#read).</summary>
    public static ResourceVersion OrRefused(ResourceVersion? version) => version switch
    {
        null => throw new RefusedException(
            StatusCodes.Status404NotFound, "not-found", "There is no such resource in the cases that this token may see."),
        { Deleted: true } => throw new RefusedException(
            StatusCodes.Status410Gone, "deleted", "The resource is no longer in its case; a coordinator can see in the inbox what became of its record."),
        _ => version,
    };

    // A resource is stored as it came, and not every one that came can be said in XML.
    private static byte[] ToXml(ReadOnlyMemory<byte> json)
    {
        try
        {
            return FhirXml.FromJson(json.Span);
        }
        catch (FhirFormatException)
        {
            throw new RefusedException(
                StatusCodes.Status406NotAcceptable, "not-supported", "This content cannot be written in XML; ask for JSON.");
        }
    }

    // RFC 9110 §13.2.2: If-None-Match counts before If-Modified-Since.
    private static bool HasIt(HttpRequest request, ResourceVersion version)
    {
        if (request.Headers.IfNoneMatch.Count > 0)
        {
            string number = version.Version.ToString(CultureInfo.InvariantCulture);
            return request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries)
                .Any(tag => tag == "*" || tag == $"W/\"{number}\"" || tag == $"\"{number}\"");
        }

        return DateTimeOffset.TryParseExact(
                request.Headers.IfModifiedSince.ToString(), "R", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out DateTimeOffset since)
            && version.LastUpdated.ToUnixTimeSeconds() <= since.ToUnixTimeSeconds();
    }
}
