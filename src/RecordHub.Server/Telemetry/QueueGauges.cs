using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Commitment;
using RecordHub.Core.Outbox;
using RecordHub.Core.Telemetry;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Telemetry;

/// <summary>
/// How much waits, in the database and in the broker. Whoever reads measurements has it looked at first; what could not be
/// looked at is not measured, rather than measured as nothing.
/// </summary>
internal sealed partial class QueueGauges : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Meter _meter = new(HubInstruments.Meter);
    private readonly IOutbox _outbox;
    private readonly ICommitmentStore _commitments;
    private readonly BrokerQueues _broker;
    private readonly TimeProvider _time;
    private readonly ILogger<QueueGauges> _logger;
    private volatile QueueReading _last = QueueReading.Nothing;

    public QueueGauges(
        IOutbox outbox, ICommitmentStore commitments, BrokerQueues broker, TimeProvider time, ILogger<QueueGauges> logger)
    {
        _outbox = outbox;
        _commitments = commitments;
        _broker = broker;
        _time = time;
        _logger = logger;
        _meter.Gauge(HubInstruments.OutboxEntries, () => One(_last.Outbox?.Waiting));
        _meter.Gauge(HubInstruments.OutboxFailing, () => One(_last.Outbox?.Failing));
        _meter.Gauge(HubInstruments.OutboxOldest, () => One(_last.Outbox is { } outbox ? AgeOf(outbox) : null));
        _meter.Gauge(HubInstruments.CommitmentsAbandoned, () => One(_last.Abandoned));
        _meter.Gauge(HubInstruments.BrokerMessages, () => _last.Broker.Select(one =>
            new Measurement<double>(one.Messages, new KeyValuePair<string, object?>("queue", one.Queue))));
    }

    /// <summary>Looks at everything now; what does not answer in time is left out.</summary>
    public async Task LookAsync(CancellationToken cancellationToken) => _last = new QueueReading(
        await TryAsync<OutboxDepth?>(async stop => await _outbox.MeasureAsync(stop).ConfigureAwait(false), null, cancellationToken)
            .ConfigureAwait(false),
        await TryAsync<long?>(
            async stop => await _commitments.CountAbandonedAsync(stop).ConfigureAwait(false), null, cancellationToken)
            .ConfigureAwait(false),
        await TryAsync(_broker.LookAsync, [], cancellationToken).ConfigureAwait(false));

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<double>> One(double? value) =>
        value is { } known ? [new Measurement<double>(known)] : [];

    private double AgeOf(OutboxDepth outbox) =>
        outbox.OldestSince is { } since ? Math.Max(0, (_time.GetUtcNow() - since).TotalSeconds) : 0;

    private async Task<T> TryAsync<T>(
        Func<CancellationToken, Task<T>> look, T otherwise, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            return await look(patience.Token).WaitAsync(s_patience, _time, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // an engine that is away must not keep the other measurements away
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NotMeasured(_logger, exception.GetType().Name);
            return otherwise;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3050, LogLevel.Debug, "Something that waits could not be measured: {Type}")]
        public static partial void NotMeasured(ILogger logger, string type);
    }
}
