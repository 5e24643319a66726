using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace RecordHub.Server.Pipeline;

/// <summary>Looks at the configured broker: login, virtual host, our queues and what they are, alarms. Changes nothing.</summary>
public static class BrokerProbe
{
    private const ushort NotAllowed = 530;
    private const ushort PreconditionFailed = 406;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_alarm = TimeSpan.FromSeconds(1);

    /// <summary>Looks once.</summary>
    /// <param name="options">Where, and what our queues are called.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<BrokerFindings> LookAsync(PipelineOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ConnectionFactory factory = new()
        {
            Uri = options.BrokerUri ?? throw new ArgumentException("No broker is configured.", nameof(options)),
            ClientProvidedName = "recordhub doctor",
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = s_patience,
            SocketReadTimeout = s_patience,
        };
        try
        {
            await using IConnection connection = await factory.CreateConnectionAsync(cancellationToken).ConfigureAwait(false);
            List<BrokerQueueFinding> queues = [];
            foreach (string queue in (string[])[options.FileItemQueue, options.RebuildStudyQueue])
            {
                queues.Add(await QueueAsync(connection, queue, cancellationToken).ConfigureAwait(false));
            }

            return new BrokerFindings(
                BrokerAccess.Open, queues, await FindAlarmAsync(connection, cancellationToken).ConfigureAwait(false));
        }
        catch (BrokerUnreachableException unreachable)
        {
            return new BrokerFindings(AccessOf(unreachable.InnerException), [], null);
        }
        catch (OperationInterruptedException refused)
        {
            return new BrokerFindings(AccessOf(refused), [], null);
        }
    }

    private static BrokerAccess AccessOf(Exception? reason) => reason switch
    {
        AggregateException { InnerException: { } first } => AccessOf(first),
        PossibleAuthenticationFailureException => BrokerAccess.LoginRefused,
        OperationInterruptedException { ShutdownReason.ReplyCode: NotAllowed } => BrokerAccess.VirtualHostRefused,
        _ => BrokerAccess.Away,
    };

    // A refused declaration closes the channel, so that each question has one of its own.
    private static async Task<BrokerQueueFinding> QueueAsync(
        IConnection connection, string queue, CancellationToken cancellationToken)
    {
        try
        {
            await using IChannel channel =
                await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            QueueDeclareOk there = await channel.QueueDeclarePassiveAsync(queue, cancellationToken).ConfigureAwait(false);
            return new BrokerQueueFinding(
                queue, there.MessageCount, await IsQuorumAsync(connection, queue, cancellationToken).ConfigureAwait(false));
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == 404)
        {
            return new BrokerQueueFinding(queue, null, IsQuorum: false);
        }
    }

    // AMQP 0-9-1 does not tell the kind of a queue, but refuses to declare one that is there as another kind.
    private static async Task<bool> IsQuorumAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        try
        {
            await using IChannel channel =
                await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            await channel.QueueDeclareAsync(
                queue, durable: true, exclusive: false, autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            return true;
        }
        catch (OperationInterruptedException other) when (other.ShutdownReason?.ReplyCode == PreconditionFailed)
        {
            return false;
        }
    }

    // Under an alarm a connection hears that it is blocked when it publishes: here, to nobody.
    private static async Task<string?> FindAlarmAsync(IConnection connection, CancellationToken cancellationToken)
    {
        TaskCompletionSource<string> blocked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionBlockedAsync += (_, told) =>
        {
            blocked.TrySetResult(told.Reason);
            return Task.CompletedTask;
        };
        await using IChannel channel =
            await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await channel.BasicPublishAsync(string.Empty, $"recordhub-doctor-{Guid.NewGuid():N}", ReadOnlyMemory<byte>.Empty, cancellationToken)
            .ConfigureAwait(false);
        Task first = await Task.WhenAny(blocked.Task, Task.Delay(s_alarm, cancellationToken)).ConfigureAwait(false);
        return first == blocked.Task ? await blocked.Task.ConfigureAwait(false) : null;
    }
}
