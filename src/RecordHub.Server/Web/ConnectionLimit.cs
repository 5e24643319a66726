using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Web;

/// <summary>
/// Bounds the connections of HTTP. One too many is answered 503 and closed, so that its client knows to come again; when there
/// are many of those, the one that has been silent for longest is cut off.
/// </summary>
internal sealed partial class ConnectionLimit(RecordHubOptions options, TimeProvider time, ILogger<ConnectionLimit> logger)
{
    private const int MostAnswering = OpenFileShares.BeingClosed / 2;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_tellAgain = TimeSpan.FromMinutes(1);
    private static readonly byte[] s_answer = Answer();

    private readonly Lock _lock = new();
    private readonly LinkedList<CancellationTokenSource> _answering = new();
    private int _open;
    private long _refused;
    private long? _told;

    /// <summary>Runs what follows on the connection, or turns it away.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (Interlocked.Increment(ref _open) <= options.Limits.Connections)
        {
            try
            {
                await next(connection).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref _open);
            }

            return;
        }

        Interlocked.Decrement(ref _open);
        Tell();
        using CancellationTokenSource patience = new(s_patience, time);
        LinkedListNode<CancellationTokenSource> place = Enter(patience);
        await RefuseAsync(connection.Transport, patience.Token).ConfigureAwait(false);
        Leave(place);
    }

    private LinkedListNode<CancellationTokenSource> Enter(CancellationTokenSource patience)
    {
        LinkedListNode<CancellationTokenSource>? oldest = null;
        LinkedListNode<CancellationTokenSource> place;
        lock (_lock)
        {
            if (_answering.Count >= MostAnswering && _answering.First is { } first)
            {
                oldest = first;
                _answering.Remove(first);
            }

            place = _answering.AddLast(patience);
        }

        try
        {
            oldest?.Value.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It went by itself.
        }

        return place;
    }

    private void Leave(LinkedListNode<CancellationTokenSource> place)
    {
        lock (_lock)
        {
            if (place.List is not null)
            {
                _answering.Remove(place);
            }
        }
    }

    // The request is waited for: closing before it comes would reset the connection, and the answer with it.
    private static async Task RefuseAsync(IDuplexPipe transport, CancellationToken patience)
    {
        try
        {
            ReadResult read = await transport.Input.ReadAsync(patience).ConfigureAwait(false);
            transport.Input.AdvanceTo(read.Buffer.End);
            if (!read.Buffer.IsEmpty)
            {
                await transport.Output.WriteAsync(s_answer, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It asked for nothing, or has left.
        }
    }

    private void Tell()
    {
        long refused;
        lock (_lock)
        {
            refused = ++_refused;
            if (_told is { } told && time.GetElapsedTime(told) < s_tellAgain)
            {
                return;
            }

            _told = time.GetTimestamp();
        }

        Log.Refused(logger, options.Limits.Connections, refused);
    }

    private static byte[] Answer()
    {
        byte[] body = OperationOutcome.ToJson([new Issue(
            "error", "throttled", "Too many connections are open; send the request again after the seconds in Retry-After.")]);
        string length = body.Length.ToString(CultureInfo.InvariantCulture);
        string head =
            $"HTTP/1.1 503 Service Unavailable\r\nContent-Type: {OperationOutcome.Json}\r\nContent-Length: {length}\r\n"
            + "Retry-After: 5\r\nConnection: close\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    private static partial class Log
    {
        [LoggerMessage(4020, LogLevel.Warning, "{Limit} HTTP connections are open, and {Count} more were turned away so far; see Http:MaxConnections")]
        public static partial void Refused(ILogger logger, int limit, long count);
    }
}
