using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;
using RecordHub.Documents.Archives;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>
/// What is sent in by FHIR: a Bundle to the root, a resource to its type, any document to Binary. The bytes go to the
/// one door as they are; the answer says where they were filed, or why they wait.
/// </summary>
internal sealed class SubmitApi(
    Submissions submissions, SubmitAnswer answer, BundleAnswer bundles, ICaseStore cases, RecordHubOptions options)
{
    // A batch that only reads is answered from memory and not kept.
    private const int MostAsked = 1 << 20;

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
        fhir.MapPost("/", context => SubmitAsync(context, null))
            .NeedsEither(Permission.Submit, Permission.ReadRecords, ResourceAction.Create | ResourceAction.Read | ResourceAction.Search)
            .TakesRecords();
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

        Limit(context, format is not null ? options.Limits.FhirBodyBytes : options.Limits.UploadBytes);
        Stream sent = context.Request.Body;
        if (type is null && format is FhirFormat.Json or FhirFormat.Xml && !(context.Request.ContentLength > MostAsked))
        {
            byte[] begun = await BeginAsync(context);
            if (OnlyReads(format, begun) is { } asked)
            {
                await bundles.SendAsync(call, asked);
                return;
            }

            sent = new JoinedStream(new MemoryStream(begun, writable: false), sent);
        }

        if (!call.Caller.May(Permission.Submit))
        {
            throw Refusals.Forbidden(call.Caller.Role, Permission.Submit);
        }

        ScopeGate.Require(context, call.Caller, ResourceAction.Create, type);

        Destination destination = await CaseOfRequest.FindAsync(context, call.Case, cases);
        await using CheckedBody body = new(sent, TypesTaken.Of(call, type));
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

    // The whole body when that is short, else a little more than is looked at.
    private static async Task<byte[]> BeginAsync(HttpContext context)
    {
        using MemoryStream begun = new();
        byte[] piece = new byte[16 * 1024];
        int read;
        while (begun.Length <= MostAsked && (read = await context.Request.Body.ReadAsync(piece, context.RequestAborted)) > 0)
        {
            begun.Write(piece, 0, read);
        }

        return begun.ToArray();
    }

    // What names no batch and no read in plain letters is not parsed for them.
    private static IReadOnlyList<SentEntry>? OnlyReads(string format, byte[] body)
    {
        if (body.Length > MostAsked || body.AsSpan().IndexOf("batch"u8) < 0
            || (body.AsSpan().IndexOf("GET"u8) < 0 && body.AsSpan().IndexOf("HEAD"u8) < 0))
        {
            return null;
        }

        using MemoryStream content = new(body, writable: false);
        return SentContent.OnlyReads(format == FhirFormat.Xml ? ContentKind.FhirXml : ContentKind.FhirJson, content);
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
