using Microsoft.Extensions.DependencyInjection;

namespace RecordHub.Core.Tests.Stores;

/// <summary>Gives out the singletons of a service collection, each made once by its factory.</summary>
internal sealed class SingletonProvider(IServiceCollection services) : IServiceProvider
{
    private readonly Dictionary<Type, object?> _made = [];

    public object? GetService(Type serviceType)
    {
        if (!_made.TryGetValue(serviceType, out object? service))
        {
            ServiceDescriptor? descriptor = services.LastOrDefault(one => one.ServiceType == serviceType);
            service = descriptor?.ImplementationInstance ?? descriptor?.ImplementationFactory?.Invoke(this);
            _made[serviceType] = service;
        }

        return service;
    }

    internal async Task DisposeAsync()
    {
        foreach (object? service in _made.Values.Distinct())
        {
            switch (service)
            {
                case IAsyncDisposable one:
                    await one.DisposeAsync();
                    break;
                case IDisposable one:
                    one.Dispose();
                    break;
                default:
                    break;
            }
        }
    }
}
