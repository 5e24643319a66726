using System.Net;
using Microsoft.AspNetCore.Connections;

namespace RecordHub.Server.Hosting;

/// <summary>A listener that accepts only while there is a file free for a connection.</summary>
internal sealed class BoundedListener(IConnectionListener inner, SemaphoreSlim free) : IConnectionListener
{
    private readonly CancellationTokenSource _unbound = new();

    /// <inheritdoc />
    public EndPoint EndPoint => inner.EndPoint;

    /// <inheritdoc />
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await free.WaitAsync(_unbound.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        ConnectionContext? accepted = null;
        try
        {
            accepted = await inner.AcceptAsync(cancellationToken).ConfigureAwait(false);
            return accepted is null ? null : new CountedConnection(accepted, Release);
        }
        finally
        {
            if (accepted is null)
            {
                Release();
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync().ConfigureAwait(false);
        await inner.UnbindAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _unbound.Dispose();
        return inner.DisposeAsync();
    }

    private void Release()
    {
        try
        {
            free.Release();
        }
        catch (ObjectDisposedException)
        {
            // The service has ended, and this connection after it.
        }
    }
}
