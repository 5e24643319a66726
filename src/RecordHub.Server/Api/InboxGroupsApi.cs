using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Api;

/// <summary>The inbox grouped by patient as claimed and by study, what a decision would move, and studies that are split.</summary>
internal sealed class InboxGroupsApi(InboxOverview overview, AssignmentPreview preview, SplitDesk splits, ReadingLog readings)
{
    private const int PageSize = 20;
    private const int MostGroups = 200;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/inbox/groups", ListAsync).Needs(Permission.ReviewInbox);
        api.MapGet("/inbox/{id}/preview", PreviewAsync).Needs(Permission.ReviewInbox);
        api.MapPost("/studies/{study}/split", SplitAsync).Needs(Permission.ReviewInbox);
    }

    private async Task ListAsync(HttpContext context)
    {
        string after = context.Request.Query["after"].ToString();
        RecordId? last = after.Length == 0 ? null
            : RecordId.TryParse(after, out RecordId id) ? id
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", "A page begins after the next of the page before.");
        int count = Math.Min(ApiCall.NumberOf(context, "count") ?? PageSize, MostGroups);
        InboxPage page = await overview.PageAsync(Caller.Of(context).Scope, last, count, context.RequestAborted);
        await ApiJson.SendAsync(context, InboxViewsOfCore.Page(page), ApiJson.Default.InboxPageView);
    }

    private async Task PreviewAsync(HttpContext context)
    {
        if (ApiCall.NumberOf(context, "case") is not { } number)
        {
            throw new RefusedException(StatusCodes.Status400BadRequest, "required", "Name the case in the parameter case.");
        }

        IReadOnlyList<MovedRecord> moved = await preview.LookAsync(
            ApiCall.TargetOf(context, context.Request.Query["of"]), new CaseNumber(number), Caller.Of(context).Scope,
            context.RequestAborted);
        await ApiJson.SendAsync(
            context, moved is [] ? throw ApiCall.NotFound("There is no such held record, or no such case.")
                : [.. moved.Select(InboxViewsOfCore.Moved)],
            ApiJson.Default.IReadOnlyListMovedView);
    }

    private async Task SplitAsync(HttpContext context)
    {
        SplitRequest asked = await ApiJson.ReadAsync(context, ApiJson.Default.SplitRequest);
        if (asked is not { From: > 0 and { } from, To: > 0 and { } to })
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "required", "Name the case that it is in (from) and the one that it belongs to (to).");
        }

        await readings.FlushAsync(context.RequestAborted);
        StudyShare share = new()
        {
            Case = new CaseNumber(from),
            StudyInstanceUid = (string?)context.Request.RouteValues["study"] ?? string.Empty,
            Series = asked.Series ?? [],
            Instances = asked.Instances ?? [],
        };
        SplitOutcome outcome = await splits.MoveAsync(
            share, new CaseNumber(to), Caller.Of(context).Name, Caller.Of(context).Scope, context.RequestAborted);
        await ApiJson.SendAsync(
            context,
            outcome switch
            {
                SplitOutcome.Done done => InboxViewsOfCore.Split(done),
                SplitOutcome.NotFound missing =>
                    throw new RefusedException(StatusCodes.Status404NotFound, missing.Error, missing.Advice),
                SplitOutcome.Refused refused => throw ApiCall.Refused(refused.Error, refused.Advice),
                _ => throw new InvalidOperationException("An outcome that this door does not know."),
            },
            ApiJson.Default.SplitView);
    }
}
