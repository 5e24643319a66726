using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Cases;
using RecordHub.Core.Retention;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Api;

/// <summary>Ends cases, and takes ends back. <c>If-Match</c> with the revision that a case was shown with makes sure of it.</summary>
internal sealed class CaseEndsApi(CaseEnds ends, RetentionDesk retention)
{
    public void Map(IEndpointRouteBuilder api)
    {
        foreach (CaseMove move in Enum.GetValues<CaseMove>())
        {
            api.MapPost($"/cases/{{case}}/{ViewsOfCore.Words(move)}", context => MoveAsync(context, move))
                .Needs(Permission.ManageCases);
        }
    }

    private async Task MoveAsync(HttpContext context, CaseMove move)
    {
        CaseNumber number = ApiCall.CaseOf(context);
        ReasonRequest asked = await ApiJson.ReadAsync(context, ApiJson.Default.ReasonRequest);
        Caller caller = Caller.Of(context);
        switch (await ends.MoveAsync(
            number, move, asked.Reason, caller.Name, RevisionOf(context), caller.Scope, context.RequestAborted))
        {
            case CaseMoveOutcome.Done done:
                CaseKeeping keeping = await retention.LookAsync(done.File, context.RequestAborted);
                context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{done.File.Revision}\"");
                await ApiJson.SendAsync(context, ViewsOfCore.Moved(done, keeping.DueAt), ApiJson.Default.CaseMovedView);
                break;
            case CaseMoveOutcome.Stale stale:
                throw new RefusedException(
                    StatusCodes.Status412PreconditionFailed, "conflict",
                    $"The case is at revision {stale.Revision}: look at it again, then decide.");
            case CaseMoveOutcome.Refused refused:
                throw ApiCall.Refused(refused.Error, refused.Advice);
            default:
                throw ApiCall.NoCase(number);
        }
    }

    private static int? RevisionOf(HttpContext context)
    {
        string text = context.Request.Headers.IfMatch.ToString();
        return text is "" or "*" ? null
            : int.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out int revision) ? revision
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", "If-Match holds the revision that the case was shown with, such as \"3\".");
    }
}
