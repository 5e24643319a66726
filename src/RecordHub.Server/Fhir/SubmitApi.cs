using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>
/// What is sent in by FHIR: a Bundle to the root, a resource to its type, any document to Binary. The bytes go to the
/// one door as they are; the answer says where they were filed, or why they wait.
/// </summary>
internal sealed class SubmitApi(
    Submissions submissions, SubmitAnswer answer, ICaseStore cases, RecordHubOptions options)
{
    // As they are declared, and what that means here: fhirclient and others send plain application/json.
    private static readonly FrozenDictionary<string, string> s_fhirTypes = new Dictionary<string, string>
    {
        ["application/fhir+json"] = FhirFormat.Json,
        ["application/json+fhir"] = FhirFormat.Json,
        ["application/json"] = FhirFormat.Json,
        ["text/json"] = FhirFormat.Json,
        ["application/fhir+xml"] = FhirFormat.Xml,
        ["application/xml+fhir"] = FhirFormat.Xml,
        ["application/xml"] = FhirFormat.Xml,
        ["text/xml"] = FhirFormat.Xml,
        ["application/fhir+ndjson"] = FhirFormat.Lines,
        ["application/ndjson"] = FhirFormat.Lines,
        ["application/x-ndjson"] = FhirFormat.Lines,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapPost("/", context => SubmitAsync(context, null)).Needs(Permission.Submit, ResourceAction.Create).TakesRecords();
        fhir.MapPost("/{type}", context => SubmitAsync(context, new FhirCall(context).Type()))
            .Needs(Permission.Submit, ResourceAction.Create).TakesRecords();
    }

    private async Task SubmitAsync(HttpContext context, string? type)
    {
        FhirCall call = new(context);
        string? mediaType = context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        string? format = mediaType is null ? null : s_fhirTypes.GetValueOrDefault(mediaType);
        if (mediaType is null || (format is null && type != "Binary"))
        {
            throw new RefusedException(
                StatusCodes.Status415UnsupportedMediaType, "not-supported",
                "Send application/fhir+json, application/fhir+xml or application/fhir+ndjson; other documents go to Binary.");
        }

        if (context.Request.Headers["If-None-Exist"].Count > 0)
        {
            throw new RefusedException(
                StatusCodes.Status412PreconditionFailed, "not-supported",
                "Conditional create is not offered: the same content sent again is recognised by itself.");
        }

        Destination destination = await CaseOfRequest.FindAsync(context, call.Case, cases);
        Limit(context, format is not null ? options.Limits.FhirBodyBytes : options.Limits.UploadBytes);
        await using CheckedBody body = new(context.Request.Body, TypesTaken.Of(call, type));
        SiteOptions? site = SendingSite.Of(call.Caller, options);
        Source source = new()
        {
            Door = Door.Fhir,
            Site = site?.Name,
            DefaultIssuer = site?.DefaultIssuer,
            Sender = call.Caller.Name,
            Case = destination.Case,
            Tenant = destination.Tenant,

            // Any document may be sent to Binary, also one in JSON; elsewhere it is FHIR or nothing.
            MediaType = type == "Binary" ? mediaType : format,
            FileName = context.Request.Headers["X-File-Name"].ToString() is { Length: > 0 } name ? name : null,
        };
        Submission submission =
            await submissions.SubmitAsync(body, source, options.Limits.FilingWait, context.RequestAborted);
        await answer.SendAsync(call, submission, type);
    }

    private static void Limit(HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = bytes;
        }

        if (context.Request.ContentLength > bytes)
        {
            throw new RefusedException(
                StatusCodes.Status413PayloadTooLarge, "too-long", $"A request may have {bytes} bytes at most.");
        }
    }
}
