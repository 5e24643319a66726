using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Retention;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Api;

/// <summary>Legal holds, what is due, and the removal of cases.</summary>
internal sealed class RetentionApi(PurgeDesk purges, RetentionDesk retention)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/retention", ListAsync).Needs(Permission.Retain);
        api.MapGet("/audit/verify", VerifyAsync).Needs(Permission.Retain);
        api.MapPost("/cases/{case}/hold", HoldAsync).Needs(Permission.Retain);
        api.MapPost("/cases/{case}/release", ReleaseAsync).Needs(Permission.Retain);
        api.MapGet("/cases/{case}/purge", LookAsync).Needs(Permission.Retain);
        api.MapPost("/cases/{case}/purge", PurgeAsync).Needs(Permission.Retain);
    }

    private async Task ListAsync(HttpContext context)
    {
        IReadOnlyList<DueCase> due = await retention.ListDueAsync(Caller.Of(context).Scope, context.RequestAborted);
        await ApiJson.SendAsync(
            context, new DueView(retention.Rules.Purge, [.. due.Select(ViewsOfCore.Due)]), ApiJson.Default.DueView);
    }

    private async Task VerifyAsync(HttpContext context)
    {
        string known = context.Request.Query["contains"].ToString();
        JournalCheck check = await retention.VerifyJournalAsync(known.Length == 0 ? null : known, context.RequestAborted);
        await ApiJson.SendAsync(context, ViewsOfCore.Journal(check), ApiJson.Default.JournalView);
    }

    private Task HoldAsync(HttpContext context) => DecideAsync(context, retention.HoldAsync);

    private Task ReleaseAsync(HttpContext context) => DecideAsync(context, retention.ReleaseAsync);

    private static async Task DecideAsync(
        HttpContext context,
        Func<CaseNumber, string, string, AccessScope, CancellationToken, Task<HoldOutcome>> decide)
    {
        CaseNumber number = ApiCall.CaseOf(context);
        ReasonRequest asked = await ApiJson.ReadAsync(context, ApiJson.Default.ReasonRequest);
        Caller caller = Caller.Of(context);
        switch (await decide(number, asked.Reason ?? string.Empty, caller.Name, caller.Scope, context.RequestAborted))
        {
            case HoldOutcome.Done done:
                await ApiJson.SendAsync(context, ViewsOfCore.Hold(number, done.Hold), ApiJson.Default.HoldView);
                break;
            case HoldOutcome.Refused refused:
                throw ApiCall.Refused(refused.Error, refused.Advice);
            default:
                throw ApiCall.NoCase(number);
        }
    }

    private async Task LookAsync(HttpContext context)
    {
        CaseNumber number = ApiCall.CaseOf(context);
        PurgeLook look = await purges.LookAsync(number, Caller.Of(context).Scope, context.RequestAborted)
            ?? throw ApiCall.NoCase(number);
        await ApiJson.SendAsync(context, ViewsOfCore.Purge(number, look), ApiJson.Default.PurgeView);
    }

    private async Task PurgeAsync(HttpContext context)
    {
        CaseNumber number = ApiCall.CaseOf(context);
        ReasonRequest asked = await ApiJson.ReadAsync(context, ApiJson.Default.ReasonRequest);
        if (asked.Confirm != number.Value)
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "required", "A purge is for ever: repeat the case number as 'confirm'.");
        }

        Caller caller = Caller.Of(context);
        switch (await purges.RunAsync(
            new PurgeRequest(number, asked.Reason ?? string.Empty, caller.Name), caller.Scope, null, context.RequestAborted))
        {
            case PurgeOutcome.Done done:
                context.Response.ContentType = "application/json; charset=utf-8";
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(done.Certificate), context.RequestAborted);
                break;
            case PurgeOutcome.Refused refused:
                throw ApiCall.Refused(refused.Error, refused.Advice);
            default:
                throw ApiCall.NoCase(number);
        }
    }
}
