using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace RecordHub.Interop.Tests.Traces;

/// <summary>Takes what is exported by OTLP over gRPC: HTTP/2 in clear text, five bytes before each message.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private const int PrefixLength = 5;
    private readonly ConcurrentQueue<ExportedSpan> _spans = [];
    private readonly ConcurrentDictionary<string, int> _calls = [];
    private readonly WebApplication _app;

    private OtlpCollector(WebApplication app)
    {
        _app = app;
        app.Run(TakeAsync);
    }

    public string Address => _app.Urls.Single();

    /// <summary>The methods that were called.</summary>
    public IEnumerable<string> Methods => _calls.Keys;

    public IReadOnlyList<ExportedSpan> Spans => [.. _spans];

    public static async Task<OtlpCollector> StartAsync(CancellationToken token)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        WebApplication app = builder.Build();
        OtlpCollector collector = new(app);
        await app.StartAsync(token);
        return collector;
    }

    /// <summary>The spans, once there is one that is waited for.</summary>
    public async Task<IReadOnlyList<ExportedSpan>> UntilAsync(Func<IReadOnlyList<ExportedSpan>, bool> isThere, CancellationToken token)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (!isThere(Spans))
        {
            await timer.WaitForNextTickAsync(token);
        }

        return Spans;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        string method = context.Request.Path.Value ?? string.Empty;
        _calls.AddOrUpdate(method, 1, static (_, count) => count + 1);
        if (method.EndsWith("TraceService/Export", StringComparison.Ordinal))
        {
            foreach (ExportedSpan span in OtlpMessage.Read(body.ToArray()[PrefixLength..]))
            {
                _spans.Enqueue(span);
            }
        }

        context.Response.ContentType = "application/grpc";
        context.Response.AppendTrailer("grpc-status", "0");
        await context.Response.Body.WriteAsync(new byte[PrefixLength], context.RequestAborted);
    }
}
