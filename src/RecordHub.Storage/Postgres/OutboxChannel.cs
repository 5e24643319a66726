using System.Net.Sockets;
using Npgsql;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Postgres;

/// <summary>
/// Wakes those who wait for the outbox: at once after a commit of this process, and by LISTEN and NOTIFY after one of
/// another. Whoever waits looks now and then all the same, so a lost notification only delays.
/// </summary>
internal sealed class OutboxChannel(NpgsqlDataSource source) : IAsyncDisposable
{
    private const string Channel = "recordhub_outbox";

    // A notification inside of the transaction would make commits wait for each other (the server notifies in the order
    // of commits), so it is sent after them, once for all that happened within this time.
    private static readonly TimeSpan s_together = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_forever = Timeout.InfiniteTimeSpan;

    private readonly string _self = Guid.NewGuid().ToString("N");
    private readonly AsyncSignal _changed = new();
    private readonly AsyncSignal _toTell = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _starting = new();
    private Task? _telling;
    private Task? _listening;

    /// <summary>A commit of this process changed the outbox.</summary>
    internal void Touched()
    {
        _changed.Set();
        _toTell.Set();
        lock (_starting)
        {
            _telling ??= Task.Run(() => RepeatAsync(TellAsync), CancellationToken.None);
        }
    }

    internal Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        lock (_starting)
        {
            _listening ??= Task.Run(() => RepeatAsync(ListenAsync), CancellationToken.None);
        }

        return _changed.WaitAsync(atMost, time, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_telling ?? Task.CompletedTask, _listening ?? Task.CompletedTask).ConfigureAwait(false);
        _ended.Dispose();
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> once)
    {
        CancellationToken ended = _ended.Token;
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await once(ended).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception away) when (away is NpgsqlException or SocketException or IOException or TimeoutException)
            {
                await Task.WhenAny(Task.Delay(s_pause, ended)).ConfigureAwait(false);
            }
        }
    }

    private async Task TellAsync(CancellationToken ended)
    {
        await _toTell.WaitAsync(s_forever, TimeProvider.System, ended).ConfigureAwait(false);
        await Task.Delay(s_together, ended).ConfigureAwait(false);
        await using NpgsqlCommand notify = source.CreateCommand("SELECT pg_notify($1, $2)");
        notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Channel });
        notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _self });
        await notify.ExecuteNonQueryAsync(ended).ConfigureAwait(false);
    }

    private async Task ListenAsync(CancellationToken ended)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(ended).ConfigureAwait(false);
        connection.Notification += (_, notification) =>
        {
            if (notification.Payload != _self)
            {
                _changed.Set();
            }
        };
        await using NpgsqlCommand listen = new($"LISTEN {Channel}", connection);
        await listen.ExecuteNonQueryAsync(ended).ConfigureAwait(false);
        _changed.Set(); // What happened before it listened was not heard.
        while (true)
        {
            await connection.WaitAsync(ended).ConfigureAwait(false);
        }
    }
}
