using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RecordHub.Core.Commitment;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Puts the DICOM door into a host.</summary>
public static class DicomDoor
{
    /// <summary>
    /// Registers the door. The host registers an <see cref="AcceptContent"/>, the intake, a <see cref="RecordCommitment"/>
    /// and a <see cref="TenantOfCase"/>.
    /// </summary>
    public static IServiceCollection AddDicomDoor(this IServiceCollection services, RecordHubOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.AddSingleton(new CallingSites(options.Sites));
        services.AddSingleton<CallerAdmission>();
        services.AddSingleton<StoreDoor>();
        services.AddSingleton(options.Commitment);
        services.AddSingleton<CommitmentDoor>();
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
        ListenOptions? listening = null;
        kestrel.Listen(options.Dicom, listen =>
        {
            listen.UseConnectionHandler<DicomConnectionHandler>();
            listening = listen;
        });
        return listening ?? throw new InvalidOperationException("Kestrel did not take the endpoint.");
    }
}
