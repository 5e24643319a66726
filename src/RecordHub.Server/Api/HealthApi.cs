using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Commitment;
using RecordHub.Core.Outbox;
using RecordHub.Server.Security;

namespace RecordHub.Server.Api;

/// <summary>Liveness, readiness and a few measurements (Prometheus text format 0.0.4).</summary>
internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/health/live", reading, context => WriteAsync(context, "alive\n")).IsOpen();
        routes.MapMethods("/health/ready", reading, ReadyAsync).IsOpen();
        routes.MapMethods("/metrics", reading, MeasureAsync).Needs(Permission.Operate);
    }

    // Ready is whether the database answers; what fails becomes a 500 at the boundary, which is "no".
    private static async Task ReadyAsync(HttpContext context)
    {
        await context.RequestServices.GetRequiredService<ICaseStore>().ListAsync(default, 1, AccessScope.All, context.RequestAborted);
        await WriteAsync(context, "ready\n");
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
