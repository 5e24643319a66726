using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Server.Pipeline;
using RecordHub.Storage;

namespace RecordHub.Server.Tests.Pipeline;

/// <summary>Store and pipeline without doors, in a folder that outlives a restart.</summary>
internal sealed class PipelineHost : IAsyncDisposable
{
    private readonly IHost _host;

    private PipelineHost(IHost host) => _host = host;

    public IOutbox Outbox => _host.Services.GetRequiredService<IOutbox>();

    public PipelineWaiter Waiter => _host.Services.GetRequiredService<PipelineWaiter>();

    public PipelineDesk Desk => _host.Services.GetRequiredService<PipelineDesk>();

    public IItemStore Items => _host.Services.GetRequiredService<IItemStore>();

    public static async Task<PipelineHost> StartAsync(
        string folder, PipelineOptions? options = null, bool worker = true, Action<IServiceCollection>? change = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new() { DisableDefaults = true });
        builder.Services.AddLogging();
        builder.Services.AddRecordHubStorage(new StorageOptions { DataFolder = folder, MinFreeBytes = 0 });
        builder.Services.AddRecordHubPipeline(options ?? new PipelineOptions(), worker);
        change?.Invoke(builder.Services);
        IHost host = builder.Build();
        await host.Services.GetRequiredService<RecordHubStorage>().OpenAsync(default);
        await host.StartAsync();
        return new PipelineHost(host);
    }

    public async Task<ItemId> AcceptAsync(string text, long number = 0)
    {
        Source source = new() { Door = Door.Import, FileName = "letter.txt", Case = new CaseNumber(number) };
        IntakeOutcome outcome = await _host.Services.GetRequiredService<IntakeDoor>()
            .AcceptAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), source, default);
        return outcome switch
        {
            IntakeOutcome.Accepted accepted => accepted.Item,
            IntakeOutcome.AlreadyHeld held => held.Item,
            _ => throw new InvalidOperationException(outcome.GetType().Name),
        };
    }

    public Task<IReadOnlyList<HeldRecord>> WaitAsync(ItemId item) =>
        Waiter.WaitAsync(item, TimeSpan.FromSeconds(30), default);

    /// <summary>The one that fails, once it has.</summary>
    public async Task<FailedEntry> FailedAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            if (await Outbox.ListFailedAsync(1, patience.Token) is [FailedEntry failed])
            {
                return failed;
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    /// <summary>Puts another blob store before the real one.</summary>
    public static void Replace(IServiceCollection services, Func<IBlobStore, IBlobStore> wrap)
    {
        ServiceDescriptor inner = services.Last(service => service.ServiceType == typeof(IBlobStore));
        services.Replace(ServiceDescriptor.Singleton(provider =>
            wrap((IBlobStore)inner.ImplementationFactory!(provider))));
    }
}
