using Microsoft.Extensions.DependencyInjection;

namespace RecordHub.Server.Pipeline;

/// <summary>Registers the way from the outbox to the steps.</summary>
public static class PipelineServices
{
    /// <summary>
    /// Adds the intake, the steps, the dispatcher, the consumers and <see cref="PipelineWaiter"/>. Needs the storage, and
    /// in processes that do the work a host that starts hosted services.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="options">How.</param>
    /// <param name="worker">Whether this process works on what has come in; without, it only takes in and waits.</param>
    public static IServiceCollection AddRecordHubPipeline(
        this IServiceCollection services, PipelineOptions options, bool worker = true) =>
        services.AddSingleton(options);
}
