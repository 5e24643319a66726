using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RecordHub.Core.Commitment;
using RecordHub.Core.Outbox;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Security;

namespace RecordHub.Server.Api;

/// <summary>Liveness, readiness and a few measurements (Prometheus text format 0.0.4).</summary>
internal static class HealthApi
{
    private const string RetryAfterSeconds = "5";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/health/live", reading, context => WriteAsync(context, "alive\n")).IsOpen();
        routes.MapMethods("/health/ready", reading, ReadyAsync).IsOpen();
        routes.MapMethods("/metrics", reading, MeasureAsync).Needs(Permission.Operate);
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

    private static async Task MeasureAsync(HttpContext context)
    {
        long waiting = await context.RequestServices.GetRequiredService<IOutbox>().CountAsync(context.RequestAborted);
        long abandoned = await context.RequestServices.GetRequiredService<ICommitmentStore>()
            .CountAbandonedAsync(context.RequestAborted);
        StringBuilder text = new();
        Gauge("recordhub_outbox_entries", "Entries that wait to be worked on.", waiting);
        Gauge("recordhub_commitments_abandoned", "Requests for storage commitment whose senders could not be told.", abandoned);
        Gauge("process_resident_memory_bytes", "Resident memory.", Environment.WorkingSet);
        Gauge("dotnet_gc_heap_bytes", "Managed heap.", GC.GetTotalMemory(forceFullCollection: false));
        Gauge("dotnet_threadpool_threads", "Threads of the pool.", ThreadPool.ThreadCount);
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await context.Response.WriteAsync(text.ToString(), context.RequestAborted);

        void Gauge(string name, string help, long value) => text.Append(
            CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");
    }

    private static Task WriteAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
