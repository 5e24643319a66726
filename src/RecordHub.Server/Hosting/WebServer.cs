using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Server.Api;
using RecordHub.Server.Auth;
using RecordHub.Server.Console;
using RecordHub.Server.Dicom;
using RecordHub.Server.DicomWeb;
using RecordHub.Server.Fhir;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Security;
using RecordHub.Server.Telemetry;
using RecordHub.Server.Uploads;
using RecordHub.Server.Web;

namespace RecordHub.Server.Hosting;

/// <summary>Kestrel with the doors that the roles ask for, and the way of a request through them.</summary>
internal static class WebServer
{
    private static readonly string[] s_compressed =
        ["application/fhir+json", "application/fhir+xml", "application/dicom+json", "application/json", "text/html", "text/plain"];

    /// <summary>Registers the doors; says where each listens once the server has started.</summary>
    public static DoorPorts AddDoors(this WebApplicationBuilder builder, RecordHubOptions options)
    {
        DoorPorts ports = new();
        bool dicom = options.Roles.HasFlag(ServerRoles.Dicom);
        bool api = options.Roles.HasFlag(ServerRoles.Api);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowSynchronousIO = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MaxRequestLineSize = 32 * 1024;
            if (api)
            {
                kestrel.Listen(options.Http, listen =>
                {
                    // HTTP/2 needs TLS, which ends at the proxy in front.
                    listen.Protocols = HttpProtocols.Http1;
                    ConnectionLimit limit = kestrel.ApplicationServices.GetRequiredService<ConnectionLimit>();
                    listen.Use(next => connection => limit.RunAsync(connection, next));
                    ports.Http = listen;
                });
            }

            if (dicom)
            {
                ports.Dicom = kestrel.ListenDicom(options);
                ports.DicomTls = kestrel.ListenDicomTls(options);
            }
        });

        // After the server's own, which it would use otherwise.
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, WideMemoryPool>();

        builder.Services.AddSingleton<ConnectionLimit>();
        builder.Services.AddSingleton<IConnectionListenerFactory, BoundedListeners>();

        // What a connection brings is worked on where it was read: nothing of ours blocks for long, and handing it to another
        // thread costs as much as reading it.
        builder.Services.Configure<SocketTransportOptions>(static sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.Services.AddSingleton<ReadingLog>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<ReadingLog>());
        if (dicom)
        {
            builder.Services.AddDicomDoor(options);
            builder.Services.AddSingleton(Accepting);
            builder.Services.AddSingleton<TenantOfCase>(services =>
            {
                ICaseStore cases = services.GetRequiredService<ICaseStore>();
                return async (number, stop) => (await cases.FindAsync(number, AccessScope.All, stop))?.Tenant;
            });
            builder.Services.AddSingleton<Core.Commitment.ICommitmentOrders>(services =>
                services.GetRequiredService<Core.Commitment.ICommitmentStore>());
            builder.Services.AddCommitmentReporter();
        }

        if (api)
        {
            builder.Services.AddRoutingCore();
            builder.Services.AddSingleton<PageCursor>();
            builder.Services.AddSingleton<FailureLimit>();
            builder.Services.AddSingleton<AuthApi>();
            builder.Services.AddSingleton<Submissions>();
            builder.Services.AddSingleton<HeldPictures>();
            builder.Services.AddFhir().AddDicomWeb().AddApi().AddConsole().AddUploads();
            builder.Services.AddResponseCompression(compression =>
            {
                compression.EnableForHttps = true;
                compression.MimeTypes = s_compressed;
                compression.Providers.Add<GzipCompressionProvider>();
            });
            builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        }

        return ports;
    }

    /// <summary>The order of the steps matters: an id first, errors around all, the gate after routing.</summary>
    public static void UseDoors(this WebApplication app)
    {
        app.UseMiddleware<RequestSpan>();
        app.UseMiddleware<RequestId>();
        app.UseMiddleware<Cors>();
        app.UseWhen(IsCompressible, branch => branch.UseResponseCompression());
        app.UseMiddleware<ErrorBoundary>();
        app.UseRouting();
        app.UseMiddleware<AccessGate>();
        app.UseMiddleware<BackPressure>();
        app.UseMiddleware<ContentCoding>();
        app.Services.GetRequiredService<AuthApi>().Map(app);
        app.MapFhir();
        app.MapDicomWeb();
        app.MapApi();
        app.MapConsole();
        app.MapUploads();
        app.MapHealth();
        app.MapMetrics();
    }

    // C-STORE has no words for "later" but those for no room (A700, PS3.4 Table B.2-1).
    private static AcceptContent Accepting(IServiceProvider services)
    {
        IntakeDoor intake = services.GetRequiredService<IntakeDoor>();
        Backlog backlog = services.GetRequiredService<Backlog>();
        return (content, source, announced, stop) => backlog.IsFull
            ? ValueTask.FromResult<IntakeOutcome>(new IntakeOutcome.Refused(
                RefusalReason.OutOfResources, "Too much waits to be filed; send again later"))
            : intake.AcceptAsync(content, source, announced, stop);
    }

    // A package is served with the digest of its bytes; a range of bytes is one of the bytes as they are.
    private static bool IsCompressible(HttpContext context) =>
        context.Request.Headers.Range.Count == 0
        && context.Request.Path.Value?.EndsWith("$package", StringComparison.Ordinal) != true;
}
