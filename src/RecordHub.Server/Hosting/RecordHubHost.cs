using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Access;
using RecordHub.Core.Intake;
using RecordHub.Server.Fhir;
using RecordHub.Server.Telemetry;
using RecordHub.Storage;

namespace RecordHub.Server.Hosting;

/// <summary>The whole service in one process: store, pipeline and the doors that the roles ask for.</summary>
/// <remarks>With no role it is the store alone, for commands that work on a data folder without a running service.</remarks>
public sealed partial class RecordHubHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DoorPorts? _ports;

    private RecordHubHost(RecordHubOptions options, IHost host, DoorPorts? ports)
    {
        Options = options;
        _host = host;
        _ports = ports;
    }

    /// <summary>As it was started.</summary>
    public RecordHubOptions Options { get; }

    /// <summary>The services, for what runs in the same process: the stores, the desks, the intake.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Where HTTP listens, with the port that was taken; null without the api role.</summary>
    public IPEndPoint? Http => _ports?.Http?.IPEndPoint;

    /// <summary>Where DICOM listens, with the port that was taken; null without the dicom role.</summary>
    public IPEndPoint? Dicom => _ports?.Dicom?.IPEndPoint;

    /// <summary>Where DICOM listens with TLS, with the port that was taken; null when it does not.</summary>
    public IPEndPoint? DicomTls => _ports?.DicomTls?.IPEndPoint;

    /// <summary>
    /// Opens the store (and creates it in an empty data folder), starts the pipeline and the doors. When it returns,
    /// every door accepts.
    /// </summary>
    /// <param name="options">What was configured.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <param name="configureLogging">Replaces the log to standard error; null keeps it.</param>
    /// <exception cref="StartRefusedException">It cannot start here; the message says what to do.</exception>
    public static async Task<RecordHubHost> StartAsync(
        RecordHubOptions options, CancellationToken cancellationToken, Action<ILoggingBuilder>? configureLogging = null)
    {
        DataFolder.Prepare(options.Data);
        options = OpenFileShares.Fit(options, OpenFiles.Limit(), out string? tight);
        RecordHubHost host = Build(options, configureLogging ?? (logging => logging.LogToStandardError(options.Log)));
        try
        {
            await host.Services.GetRequiredService<RecordHubStorage>().OpenAsync(cancellationToken);
            if (host.Services.GetService<PageCursor>() is { } links)
            {
                await links.LoadAsync(cancellationToken);
            }

            ILogger<RecordHubHost> logger = host.Services.GetRequiredService<ILogger<RecordHubHost>>();
            DataFolder.Warn(options, logger);
            if (tight is not null && host._ports is not null)
            {
                Log.FewOpenFiles(logger, tight);
            }

            await DataFolder.CreateFirstTokenAsync(
                options.Data, host.Services.GetRequiredService<TokenDesk>(), logger, cancellationToken);
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(host.FindFailure);
            await host._host.StartAsync(cancellationToken);
            return host;
        }
        catch (StorageUnavailableException unavailable)
        {
            await host.DisposeAsync();
            throw new StartRefusedException(unavailable.Message, unavailable);
        }
        catch (StorageDamagedException damaged)
        {
            await host.DisposeAsync();
            throw new StartRefusedException(damaged.Message, damaged);
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await host.DisposeAsync();
            throw new StartRefusedException(
                $"A port is taken ({Doors(options)}): stop what listens there, or choose others "
                + "with --http and --dicom.", taken);
        }
        catch (Exception refused) when (refused is System.Net.Sockets.SocketException or UnauthorizedAccessException)
        {
            await host.DisposeAsync();
            throw new StartRefusedException(
                $"One of these cannot be listened on: {Doors(options)}. Name addresses of this machine, and "
                + "ports above 1023 unless this user may take lower ones.", refused);
        }
    }

    /// <summary>Completes when the service was told to stop: by a signal, or by <see cref="StopAsync"/>.</summary>
    public Task WaitForStopAsync(CancellationToken cancellationToken) => _host.WaitForShutdownAsync(cancellationToken);

    /// <summary>What made a part of the service end that should run until it is told to stop; null when nothing did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Closes the doors, lets what is in hand finish, and closes the store.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _host.StopAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            _host.Dispose();
        }
    }

    // Before the rest is told to stop: what fails at that is no reason for it.
    private void FindFailure() => Failure = Services.GetServices<IHostedService>().OfType<BackgroundService>()
        .Select(static service => service.ExecuteTask?.Exception?.GetBaseException()).FirstOrDefault(static one => one is not null);

    private static string Doors(RecordHubOptions options) => options.DicomTls.Endpoint is { } secure
        ? $"HTTP {options.Http}, DICOM {options.Dicom}, DICOM over TLS {secure}"
        : $"HTTP {options.Http}, DICOM {options.Dicom}";

    private static RecordHubHost Build(RecordHubOptions options, Action<ILoggingBuilder> configureLogging)
    {
        if ((options.Roles & (ServerRoles.Api | ServerRoles.Dicom)) == ServerRoles.None)
        {
            HostApplicationBuilder plain = Host.CreateEmptyApplicationBuilder(new() { DisableDefaults = true });
            configureLogging(plain.Logging);
            plain.Services.AddRecordHub(options);
            return new RecordHubHost(options, plain.Build(), null);
        }

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "RecordHub" });
        configureLogging(builder.Logging);
        builder.Services.AddRecordHub(options);
        DoorPorts ports = builder.AddDoors(options);
        WebApplication app = builder.Build();
        if (options.Roles.HasFlag(ServerRoles.Api))
        {
            app.UseDoors();
        }

        return new RecordHubHost(options, app, ports);
    }

    private static partial class Log
    {
        [LoggerMessage(4012, LogLevel.Warning, "{Advice}")]
        public static partial void FewOpenFiles(ILogger logger, string advice);
    }
}
