using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Security;

namespace RecordHub.Server.Api;

/// <summary>Liveness and readiness.</summary>
internal static class HealthApi
{
    private const string RetryAfterSeconds = "5";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/health/live", reading, context => WriteAsync(context, "alive\n")).IsOpen();
        routes.MapMethods("/health/ready", reading, ReadyAsync).IsOpen();
    }

    // 503 when a door could take nothing: a balancer then sends to another process.
    private static async Task ReadyAsync(HttpContext context)
    {
        IReadOnlyList<ReadinessPart> parts =
            await context.RequestServices.GetRequiredService<Readiness>().LookAsync(context.RequestAborted);
        List<ReadinessPart> broken = [.. parts.Where(part => part.Trouble is not null)];
        bool unavailable = broken.Exists(part => part.Needed);
        if (unavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        ReadinessView view = new(
            unavailable ? "unavailable" : broken.Count > 0 ? "degraded" : "ready",
            [.. parts.Select(part => new ReadinessPartView(part.Name, part.Trouble is null, part.Trouble))]);
        await ApiJson.SendAsync(
            context, view, ApiJson.Default.ReadinessView,
            unavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static Task WriteAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
