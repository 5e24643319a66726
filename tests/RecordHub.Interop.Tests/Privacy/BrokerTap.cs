using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace RecordHub.Interop.Tests.Privacy;

/// <summary>Gets a copy of every message that is published, with its headers.</summary>
internal sealed class BrokerTap : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _messages = [];
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private BrokerTap(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    public IReadOnlyList<string> Messages => [.. _messages];

    /// <summary>Listens to the exchanges of our message types, which are there once a worker has started.</summary>
    public static async Task<BrokerTap> OpenAsync(Uri broker, CancellationToken token)
    {
        IConnection connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(token);
        IChannel channel = await connection.CreateChannelAsync(cancellationToken: token);
        BrokerTap tap = new(connection, channel);
        string queue = (await channel.QueueDeclareAsync(cancellationToken: token)).QueueName;
        foreach (string type in (string[])["FileItems", "RebuildStudy"])
        {
            await channel.QueueBindAsync(queue, $"RecordHub.Server.Pipeline:{type}", string.Empty, cancellationToken: token);
        }

        AsyncEventingBasicConsumer consumer = new(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            string headers = string.Join('\n', (message.BasicProperties.Headers ?? new Dictionary<string, object?>())
                .Select(header => $"{header.Key}: {(header.Value is byte[] text ? Encoding.UTF8.GetString(text) : header.Value)}"));
            tap._messages.Enqueue($"{headers}\n{Encoding.UTF8.GetString(message.Body.Span)}");
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, token);
        return tap;
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
