using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RecordHub.Core.Commitment;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Puts the DICOM door into a host.</summary>
public static class DicomDoor
{
    /// <summary>
    /// Registers the door. The host registers an <see cref="AcceptContent"/>, the intake, an <see cref="ICommitmentOrders"/>,
    /// a <see cref="TenantOfCase"/>, and the stores that queries are answered from.
    /// </summary>
    public static IServiceCollection AddDicomDoor(this IServiceCollection services, RecordHubOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.AddSingleton(new CallingSites(options.Sites));
        services.AddSingleton<CallerAdmission>();
        services.AddSingleton<ConnectionGate>();
        services.AddSingleton<StoreAdmission>();
        services.TryAddSingleton<TlsCredentials>();
        services.TryAddSingleton<SiteConnections>();
        services.AddSingleton<StoreDoor>();
        services.TryAddSingleton<StudyActivity>();
        services.AddSingleton(options.Commitment);
        services.AddSingleton<OpenAssociations>();
        services.AddSingleton<CommitmentDoor>();
        services.AddSingleton<QueryDoor>();
        services.AddSingleton<DicomConnectionHandler>();
        return services;
    }

    /// <summary>Registers what works on requests for storage commitment. Needs the stores.</summary>
    public static IServiceCollection AddCommitmentReporter(this IServiceCollection services)
    {
        services.AddSingleton<CommitmentStep>();
        services.AddSingleton<CommitmentDelivery>();
        services.AddHostedService<CommitmentReporter>();
        return services;
    }

    /// <summary>
    /// Lets Kestrel listen for DICOM. The port that was taken stands in the returned options' endpoint once the server
    /// has started. As Kestrel then listens where code says, HTTP must be given in code too.
    /// </summary>
    public static ListenOptions ListenDicom(this KestrelServerOptions kestrel, RecordHubOptions options)
    {
        return Listen(kestrel, options.Dicom, _ => { });
    }

    /// <summary>Lets Kestrel listen for DICOM over TLS; null when nothing says where.</summary>
    /// <exception cref="StartRefusedException">The certificates cannot be used.</exception>
    public static ListenOptions? ListenDicomTls(this KestrelServerOptions kestrel, RecordHubOptions options)
    {
        // Also without an endpoint: what is wrong with them should not wait for the first node that we call.
        TlsCredentials credentials = kestrel.ApplicationServices.GetRequiredService<TlsCredentials>();
        credentials.Load();
        if (options.DicomTls.Endpoint is not { } endpoint)
        {
            return null;
        }

        return Listen(kestrel, endpoint, listen => listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            // For each connection anew, so that a renewed certificate serves the next caller. A handshake runs on its
            // own connection: one that is stuck holds up nobody.
            OnConnection = _ => ValueTask.FromResult(credentials.ForCaller()),
            HandshakeTimeout = options.DicomTls.HandshakeTimeout,
        }));
    }

    private static ListenOptions Listen(KestrelServerOptions kestrel, IPEndPoint endpoint, Action<ListenOptions> secure)
    {
        ConnectionGate gate = kestrel.ApplicationServices.GetRequiredService<ConnectionGate>();
        ListenOptions? listening = null;
        kestrel.Listen(endpoint, listen =>
        {
            listen.Use(next => connection => gate.RunAsync(connection, next));
            secure(listen);
            listen.UseConnectionHandler<DicomConnectionHandler>();
            listening = listen;
        });
        return listening ?? throw new InvalidOperationException("Kestrel did not take the endpoint.");
    }
}
