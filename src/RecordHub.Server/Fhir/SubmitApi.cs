using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
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
    private static readonly string[] s_fhirTypes =
    [
        "application/fhir+json", "application/json", "text/json", "application/fhir+xml", "application/xml", "text/xml",
        "application/fhir+ndjson", "application/ndjson", "application/x-ndjson", "application/json+fhir",
        "application/xml+fhir",
    ];

    public void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapPost("/", context => SubmitAsync(context, null)).Needs(Permission.Submit).TakesRecords();
        fhir.MapPost("/{type}", context => SubmitAsync(context, new FhirCall(context).Type()))
            .Needs(Permission.Submit).TakesRecords();
    }

    private async Task SubmitAsync(HttpContext context, string? type)
    {
        FhirCall call = new(context);
        string? mediaType = context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        bool isFhir = mediaType is not null && s_fhirTypes.Contains(mediaType);
        if (mediaType is null || (!isFhir && type != "Binary"))
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
        Limit(context, isFhir ? options.Limits.FhirBodyBytes : options.Limits.UploadBytes);
        EntryList entries = new();
        await using NotingStream body = new(context.Request.Body, entries);
        SiteOptions? site = SendingSite.Of(call.Caller, options);
        Source source = new()
        {
            Door = Door.Fhir,
            Site = site?.Name,
            DefaultIssuer = site?.DefaultIssuer,
            Sender = call.Caller.Name,
            Case = destination.Case,
            Tenant = destination.Tenant,
            MediaType = mediaType,
            FileName = context.Request.Headers["X-File-Name"].ToString() is { Length: > 0 } name ? name : null,
        };
        Submission submission =
            await submissions.SubmitAsync(body, source, options.Limits.FilingWait, context.RequestAborted);
        if (type is not null and not "Binary" && entries.ResourceType is { } sent && sent != type)
        {
            // It is kept all the same: what a sender once sent is never dropped for a wrong address.
            context.Response.Headers.Append("Warning", $"299 - \"The body is a {sent}, sent to {type}.\"");
        }

        await answer.SendAsync(call, submission, entries);
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
