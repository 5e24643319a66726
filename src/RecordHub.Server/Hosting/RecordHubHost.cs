using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace RecordHub.Server.Hosting;

/// <summary>The whole service in one process: store, pipeline and the doors that the roles ask for.</summary>
public sealed class RecordHubHost : IAsyncDisposable
{
    private RecordHubHost(RecordHubOptions options, IServiceProvider services)
    {
        Options = options;
        Services = services;
    }

    /// <summary>As it was started.</summary>
    public RecordHubOptions Options { get; }

    /// <summary>The services, for what runs in the same process: the stores, the desks, the intake.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Where HTTP listens, with the port that was taken; null without the api role.</summary>
    public IPEndPoint? Http { get; private init; }

    /// <summary>Where DICOM listens, with the port that was taken; null without the dicom role.</summary>
    public IPEndPoint? Dicom { get; private init; }

    /// <summary>
    /// Opens the store (and creates it in an empty data folder), starts the pipeline and the doors. When it returns,
    /// every door accepts.
    /// </summary>
    /// <exception cref="StartRefusedException">It cannot start here; the message says what to do.</exception>
    public static Task<RecordHubHost> StartAsync(RecordHubOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new RecordHubHost(options, new ServiceCollection().BuildServiceProvider()));
    }

    /// <summary>Completes when the service was told to stop.</summary>
    public Task WaitForStopAsync(CancellationToken cancellationToken) =>
        Task.Delay(Timeout.Infinite, cancellationToken);

    /// <summary>Closes the doors, lets what is in hand finish, and closes the store.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => new(StopAsync(CancellationToken.None));
}
