using RabbitMQ.Client;

namespace RecordHub.Server.Pipeline;

/// <summary>How much lies ready in the broker's queues. In memory there is nothing to ask.</summary>
internal sealed class BrokerQueues(PipelineOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private IConnection? _connection;

    /// <summary>Each queue of ours with its messages; none when no broker is configured.</summary>
    public async Task<IReadOnlyList<(string Queue, long Messages)>> LookAsync(CancellationToken cancellationToken)
    {
        if (options.BrokerUri is not { } broker)
        {
            return [];
        }

        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _connection ??= await new ConnectionFactory { Uri = broker, ClientProvidedName = "recordhub measurements" }
                .CreateConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using IChannel channel =
                await _connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return
            [
                (options.FileItemQueue,
                    await channel.MessageCountAsync(options.FileItemQueue, cancellationToken).ConfigureAwait(false)),
                (options.RebuildStudyQueue,
                    await channel.MessageCountAsync(options.RebuildStudyQueue, cancellationToken).ConfigureAwait(false)),
            ];
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        _one.Dispose();
    }
}
