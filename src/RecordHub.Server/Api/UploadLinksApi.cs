using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Cases;
using RecordHub.Core.Uploads;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Api;

/// <summary>The upload links of a case: making, listing and revoking them.</summary>
internal sealed class UploadLinksApi(UploadLinkDesk desk, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/cases/{case}/upload-links", CreateAsync).Needs(Permission.ManageCases);
        api.MapGet("/cases/{case}/upload-links", ListAsync).Needs(Permission.ManageCases);
        api.MapDelete("/cases/{case}/upload-links/{id}", RevokeAsync).Needs(Permission.ManageCases);
    }

    private async Task CreateAsync(HttpContext context)
    {
        CaseNumber number = ApiCall.CaseOf(context);
        bool isEmpty = context.Request is { ContentType: null, ContentLength: null or 0 };
        UploadLinkRequest asked = isEmpty
            ? new UploadLinkRequest() : await ApiJson.ReadAsync(context, ApiJson.Default.UploadLinkRequest);
        Caller caller = Caller.Of(context);
        switch (await desk.CreateAsync(number, asked.Days, asked.Label, caller.Name, caller.Scope, context.RequestAborted))
        {
            case UploadLinkOutcome.Made made:
                await ApiJson.SendAsync(
                    context,
                    UploadLinkView.Of(
                        made.Link, time.GetUtcNow(), UploadLinkView.AddressOf(PublicAddress.Of(context), made.Secret)),
                    ApiJson.Default.UploadLinkView, StatusCodes.Status201Created);
                break;
            case UploadLinkOutcome.Refused refused:
                throw ApiCall.Refused(refused.Error, refused.Advice);
            default:
                throw ApiCall.NoCase(number);
        }
    }

    private async Task ListAsync(HttpContext context)
    {
        CaseNumber number = ApiCall.CaseOf(context);
        IReadOnlyList<UploadLink> links = await desk.ListAsync(number, Caller.Of(context).Scope, context.RequestAborted)
            ?? throw ApiCall.NoCase(number);
        DateTimeOffset now = time.GetUtcNow();
        await ApiJson.SendAsync(
            context, [.. links.Select(link => UploadLinkView.Of(link, now))], ApiJson.Default.IReadOnlyListUploadLinkView);
    }

    private async Task RevokeAsync(HttpContext context)
    {
        CaseNumber number = ApiCall.CaseOf(context);
        Caller caller = Caller.Of(context);
        string id = (string?)context.Request.RouteValues["id"] ?? string.Empty;
        if (!await desk.RevokeAsync(number, id, caller.Name, caller.Scope, context.RequestAborted))
        {
            throw ApiCall.NotFound("The case has no upload link of this id that still takes files.");
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
