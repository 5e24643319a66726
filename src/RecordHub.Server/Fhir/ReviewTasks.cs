using System.Globalization;
using Microsoft.AspNetCore.Http;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>
/// <c>Task?code=identity-review</c> and <c>Task?code=sender-alert</c>, and reading one of the former: made of the inbox when
/// they are asked for, and only for those who may decide on it. For everybody else there are none.
/// </summary>
internal sealed class ReviewTasks(InboxOverview inbox, SenderAlerts alerts, RecordHubOptions options)
{
    private const string After = "_after";

    /// <summary>Answers a search for such Tasks; false when it is another search.</summary>
    public async Task<bool> TrySearchAsync(FhirCall call)
    {
        IQueryCollection query = call.Context.Request.Query;
        string code = query["code"].ToString().Split('|')[^1];
        if (!HttpMethods.IsGet(call.Context.Request.Method) || !call.Case.IsNone || code is not (ReviewTask.Review or ReviewTask.Alert)
            || !call.Caller.May(Permission.ReviewInbox))
        {
            return false;
        }

        if (query.Keys.FirstOrDefault(name => name is not ("code" or "_count" or After or "_format" or "_pretty")) is { } other)
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", "A search for Tasks of the inbox takes code and _count.", "http.parameter." + other);
        }

        await (code == ReviewTask.Review ? SendReviewsAsync(call, query) : SendAlertsAsync(call));
        return true;
    }

    /// <summary>One of the Tasks; null when the id is another's, or there is none for this caller.</summary>
    public async Task<ResourceVersion?> FindAsync(FhirCall call) =>
        call.Case.IsNone && call.Caller.May(Permission.ReviewInbox) && ReviewTask.RecordOf(call.Route("id")) is { } record
            && await inbox.FindAsync(record, call.Scope, call.Aborted) is { } group && group.First.Id == record
                ? ReviewTask.Of(group) : null;

    private async Task SendReviewsAsync(FhirCall call, IQueryCollection query)
    {
        int count = int.TryParse(query["_count"], NumberStyles.None, CultureInfo.InvariantCulture, out int asked) && asked > 0
            ? Math.Min(asked, options.Limits.FhirPageSize) : options.Limits.FhirDefaultPageSize;
        RecordId? after = RecordId.TryParse(query[After], out RecordId last) ? last : null;
        InboxPage page = await inbox.PageAsync(call.Scope, after, count, call.Aborted);
        string root = $"{call.Base}/Task?code={ReviewTask.Review}&_count={count}";
        List<(string, string)> links = [("self", after is { } from ? $"{root}&{After}={from}" : root)];
        if (page.Next is { } next)
        {
            links.Add(("next", $"{root}&{After}={next}"));
        }

        await SendAsync(call, page.Total, links, page.Patients.Select(ReviewTask.Of));
    }

    private async Task SendAlertsAsync(FhirCall call)
    {
        IReadOnlyList<SenderAlert> told = await alerts.ListAsync(call.Scope, null, null, call.Aborted);
        await SendAsync(
            call, told.Count, [("self", $"{call.Base}/Task?code={ReviewTask.Alert}")], told.Select(ReviewTask.Of));
    }

    private static async Task SendAsync(
        FhirCall call, int total, List<(string, string)> links, IEnumerable<ResourceVersion> tasks)
    {
        using BundleWriter bundle = new("searchset", call.Base, total, links.ToArray());
        foreach (ResourceVersion task in tasks)
        {
            bundle.AddMatch(task);
        }

        call.Context.Response.Headers.CacheControl = "no-store";
        await FhirAnswer.SendAsync(call, bundle.Finish());
    }
}
