using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace RecordHub.Server.Hosting;

/// <summary>
/// The server's listeners, which together accept no more connections than the process has files for. The doors turn away what is
/// too many for them; until they have, the next waits with the system, and costs no file.
/// </summary>
internal sealed class BoundedListeners(IServiceProvider services, RecordHubOptions options)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector, IDisposable
{
    private readonly SocketTransportFactory _sockets = ActivatorUtilities.CreateInstance<SocketTransportFactory>(services);
    private readonly SemaphoreSlim _free = new(OpenFileShares.MostConnections(options));

    /// <inheritdoc />
    public bool CanBind(EndPoint endpoint) => _sockets.CanBind(endpoint);

    /// <inheritdoc />
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new BoundedListener(await _sockets.BindAsync(endpoint, cancellationToken).ConfigureAwait(false), _free);

    /// <inheritdoc />
    public void Dispose() => _free.Dispose();
}
