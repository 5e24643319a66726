using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Dicom.Pixels;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Api;

/// <summary>The inbox: what is held, why, its bytes, and a person's decision.</summary>
internal sealed class InboxApi(
    InboxDesk desk, InboxOverview overview, IBlobStore blobs, HeldPictures pictures,
    ReadingLog readings)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/inbox", ListAsync).Needs(Permission.ReviewInbox);
        api.MapGet("/inbox/{id}", ShowAsync).Needs(Permission.ReviewInbox);
        api.MapMethods("/inbox/{id}/content", [HttpMethods.Get, HttpMethods.Head], ContentAsync).Needs(Permission.ReviewInbox);
        api.MapGet("/inbox/{id}/thumbnail", ThumbnailAsync).Needs(Permission.ReviewInbox);
        api.MapPost("/inbox/{id}/assign", AssignAsync).Needs(Permission.ReviewInbox);
        api.MapPost("/inbox/{id}/reject", RejectAsync).Needs(Permission.ReviewInbox);
        api.MapPost("/inbox/{id}/undo", UndoAsync).Needs(Permission.ReviewInbox);
    }

    private async Task ListAsync(HttpContext context)
    {
        IReadOnlyList<HeldRecord> held = await desk.ListAsync(Caller.Of(context).Scope, context.RequestAborted);
        await ApiJson.SendAsync(context, [.. held.Select(ViewsOfCore.Item)], ApiJson.Default.IReadOnlyListInboxItemView);
    }

    private async Task ShowAsync(HttpContext context)
    {
        HeldRecord record = await FindAsync(context);
        IReadOnlyList<CaseMatch> matches = await overview.MatchAsync(record, context.RequestAborted);
        await ApiJson.SendAsync(
            context, ViewsOfCore.Item(record) with { Matches = [.. matches.Select(InboxViewsOfCore.Match)] },
            ApiJson.Default.InboxItemView);
    }

    private async Task ContentAsync(HttpContext context)
    {
        HeldRecord record = await FindAsync(context);
        await using Stream content = await blobs.OpenAsync(record.Item.Blob, 0, context.RequestAborted);

        // The bytes are somebody's, and untrusted: downloaded, never shown.
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.CacheControl = "no-store";
        headers["X-Content-SHA256"] = record.Item.Blob.ToString();
        await Results.Stream(
            content, "application/octet-stream", fileDownloadName: record.Id.ToString(), enableRangeProcessing: true)
            .ExecuteAsync(context);
    }

    private async Task ThumbnailAsync(HttpContext context)
    {
        switch (await pictures.OfAsync(await FindAsync(context), context.RequestAborted))
        {
            case Thumbnail.Picture picture:
                context.Response.ContentType = picture.MediaType;
                context.Response.Headers.CacheControl = "private, no-store";
                await context.Response.Body.WriteAsync(picture.Bytes, context.RequestAborted);
                break;
            case Thumbnail.None none:
                throw new RefusedException(
                    StatusCodes.Status404NotFound, "not-supported",
                    $"There is no picture of this record: {none.Why}. Download the original instead.");
        }
    }

    private async Task AssignAsync(HttpContext context)
    {
        DecisionRequest decision = await ApiJson.ReadAsync(context, ApiJson.Default.DecisionRequest);
        if (decision.Case is not > 0)
        {
            throw new RefusedException(StatusCodes.Status400BadRequest, "required", "Name the case by its number.");
        }

        await SendAsync(context, await desk.AssignAsync(
            ApiCall.TargetOf(context, decision.Of), new CaseNumber(decision.Case.Value), Caller.Of(context).Name,
            Caller.Of(context).Scope, context.RequestAborted));
    }

    private async Task RejectAsync(HttpContext context)
    {
        DecisionRequest decision = await ApiJson.ReadAsync(context, ApiJson.Default.DecisionRequest);
        if (string.IsNullOrWhiteSpace(decision.Reason))
        {
            throw new RefusedException(StatusCodes.Status400BadRequest, "required", "A rejection needs a reason.");
        }

        await SendAsync(context, await desk.RejectAsync(
            ApiCall.TargetOf(context, decision.Of), decision.Reason, Caller.Of(context).Name,
            Caller.Of(context).Scope, context.RequestAborted));
    }

    private async Task UndoAsync(HttpContext context)
    {
        DecisionRequest decision = context.Request is { ContentLength: null or 0, ContentType: null }
            ? new DecisionRequest(null, null) : await ApiJson.ReadAsync(context, ApiJson.Default.DecisionRequest);
        await readings.FlushAsync(context.RequestAborted); // Who has read until now is told.
        await SendAsync(context, await desk.UndoAsync(
            ApiCall.TargetOf(context, decision.Of), Caller.Of(context).Name, Caller.Of(context).Scope,
            context.RequestAborted));
    }

    private static Task SendAsync(HttpContext context, InboxOutcome outcome) => ApiJson.SendAsync(
        context, InboxViewsOfCore.Decided(ApiCall.Done(outcome)), ApiJson.Default.DecidedView);

    private async Task<HeldRecord> FindAsync(HttpContext context) =>
        await desk.ShowAsync(ApiCall.RecordOf(context), Caller.Of(context).Scope, context.RequestAborted)
            ?? throw ApiCall.NotFound("There is no such record.");
}
