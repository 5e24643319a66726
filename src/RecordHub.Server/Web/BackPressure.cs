using System.Globalization;
using Microsoft.AspNetCore.Http;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Web;

/// <summary>Asks senders to come later, before their body is read, while too much waits to be filed.</summary>
internal sealed class BackPressure(RequestDelegate next, Backlog backlog)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!backlog.IsFull || context.GetEndpoint()?.Metadata.GetMetadata<TakesRecords>() is null)
        {
            return next(context);
        }

        context.Response.Headers.RetryAfter = Backlog.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        throw new RefusedException(
            StatusCodes.Status503ServiceUnavailable, "throttled",
            "Too much waits to be filed; nothing was kept. Send it again later.");
    }
}
