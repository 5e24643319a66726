using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Inbox;
using RecordHub.Server.Security;

namespace RecordHub.Server.Api;

/// <summary>
/// What senders have to hear of what is held: each token what it sent itself, and what came from the site that it is of, also by
/// a door that has no words; who decides on the inbox, all of it.
/// </summary>
internal sealed class AlertsApi(SenderAlerts alerts)
{
    public void Map(IEndpointRouteBuilder api) => api.MapGet("/alerts", ListAsync).Needs(Permission.Submit);

    private async Task ListAsync(HttpContext context)
    {
        Caller caller = Caller.Of(context);
        IReadOnlyList<SenderAlert> told = caller.May(Permission.ReviewInbox)
            ? await alerts.ListAsync(caller.Scope, null, null, context.RequestAborted)
            : await alerts.ListAsync(caller.SubmissionScope, caller.Name, caller.Site, context.RequestAborted);
        await ApiJson.SendAsync(
            context, [.. told.Select(InboxViewsOfCore.Alert)], ApiJson.Default.IReadOnlyListAlertView);
    }
}
