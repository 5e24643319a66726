using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Outbox;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Api;

/// <summary>What fails on its way to a case: seen, driven again, or dropped.</summary>
internal sealed class PipelineApi(PipelineDesk desk)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/pipeline/failed", ListAsync).Needs(Permission.Operate);
        api.MapPost("/pipeline/retry", RetryAsync).Needs(Permission.Operate);
        api.MapPost("/pipeline/drop", DropAsync).Needs(Permission.Operate);
    }

    private async Task ListAsync(HttpContext context)
    {
        IReadOnlyList<FailedEntry> failed = await desk.ListAsync(Caller.Of(context).Scope, context.RequestAborted);
        await ApiJson.SendAsync(context, [.. failed.Select(ViewsOfCore.Failed)], ApiJson.Default.IReadOnlyListFailedView);
    }

    private async Task RetryAsync(HttpContext context)
    {
        RetryRequest asked = await ApiJson.ReadAsync(context, ApiJson.Default.RetryRequest);
        if (string.IsNullOrEmpty(asked.Key) == !asked.All)
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "required", "Name one by its key, or ask for all.");
        }

        int count = await desk.RetryAsync(asked.Key, Caller.Of(context).Scope, context.RequestAborted);
        if (count == 0 && !asked.All)
        {
            throw ApiCall.NotFound("Nothing of this key fails.");
        }

        await ApiJson.SendAsync(context, new RetriedView(count), ApiJson.Default.RetriedView);
    }

    private async Task DropAsync(HttpContext context)
    {
        DropRequest asked = await ApiJson.ReadAsync(context, ApiJson.Default.DropRequest);
        switch (await desk.DropAsync(
            asked.Key ?? string.Empty, asked.Reason ?? string.Empty, Caller.Of(context).Name, Caller.Of(context).Scope,
            context.RequestAborted))
        {
            case DropOutcome.Done:
                await ApiJson.SendAsync(
                    context, new DroppedView(asked.Key ?? string.Empty, "rejected"), ApiJson.Default.DroppedView);
                break;
            case DropOutcome.Refused refused:
                throw ApiCall.Refused(refused.Error, refused.Advice);
            default:
                throw ApiCall.NotFound("Nothing of this key fails.");
        }
    }
}
