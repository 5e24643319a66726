using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;
using RecordHub.Core.Telemetry;

namespace RecordHub.Server.Pipeline;

/// <summary>Registers the way from the outbox to the steps.</summary>
public static class PipelineServices
{
    // Quorum queues deliver ten times as much when they may run ahead (measured: 16 → 200 messages/s, 200 → 1,400).
    private const int BrokerPrefetch = 256;

    /// <summary>
    /// Adds the intake, the steps, the dispatcher, the consumers and <see cref="PipelineWaiter"/>. Needs the storage, and
    /// in processes that do the work a host that starts hosted services.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="options">How.</param>
    /// <param name="worker">Whether this process works on what has come in; without, it only takes in and waits.</param>
    public static IServiceCollection AddRecordHubPipeline(
        this IServiceCollection services, PipelineOptions options, bool worker = true)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new IntakeOptions());
        services.AddSingleton(options);
        services.TryAddSingleton(static one => new FilingMetrics(
            one.GetRequiredService<IntakeOptions>().Sites, one.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IntakeDoor>();
        services.TryAddSingleton<FilingStep>();
        services.TryAddSingleton<StudyStep>();
        services.TryAddSingleton<GiveUpStep>();
        services.TryAddSingleton<PipelineDesk>();
        services.AddSingleton<PipelineWaiter>();
        services.AddSingleton<Backlog>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<BrokerQueues>();
        if (worker)
        {
            services.AddSingleton<RunningSteps>();
            services.AddSingleton<StepRunner>();
            services.AddMassTransit(bus => AddBus(bus, options));

            // Stopped in the other order: nothing more is handed out, what runs ends, and then the bus does.
            services.AddHostedService<LeaseKeeper>();
            services.AddHostedService<OutboxDispatcher>();
            services.AddHostedService<Sweeper>();
        }

        return services;
    }

    private static void AddBus(IBusRegistrationConfigurator bus, PipelineOptions options)
    {
        bus.DisableUsageTelemetry();
        bus.AddConsumer<FileItemsConsumer>();
        bus.AddConsumer<RebuildStudyConsumer>();
        if (options.BrokerUri is { } broker)
        {
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(broker);
                rabbit.ReceiveEndpoint(options.FileItemQueue, endpoint =>
                    Configure<FileItemsConsumer>(endpoint, context, options));
                rabbit.ReceiveEndpoint(options.RebuildStudyQueue, endpoint =>
                    Configure<RebuildStudyConsumer>(endpoint, context, options));
            });
        }
        else
        {
            bus.UsingInMemory((context, memory) =>
            {
                memory.ReceiveEndpoint("file-item", endpoint =>
                {
                    endpoint.ConcurrentMessageLimit = options.MostSteps;
                    endpoint.ConfigureConsumer<FileItemsConsumer>(context);
                });
                memory.ReceiveEndpoint("rebuild-study", endpoint =>
                {
                    endpoint.ConcurrentMessageLimit = options.MostSteps;
                    endpoint.ConfigureConsumer<RebuildStudyConsumer>(context);
                });
            });
        }
    }

    private static void Configure<TConsumer>(
        IRabbitMqReceiveEndpointConfigurator endpoint, IBusRegistrationContext context, PipelineOptions options)
        where TConsumer : class, IConsumer
    {
        endpoint.SetQuorumQueue();
        endpoint.PrefetchCount = BrokerPrefetch;
        endpoint.ConcurrentMessageLimit = options.MostSteps;
        endpoint.ConfigureConsumer<TConsumer>(context);
    }
}
