using System.Diagnostics.Metrics;
using RecordHub.Core.Telemetry;
using RecordHub.Server.Dicom;
using RecordHub.Storage;

namespace RecordHub.Server.Telemetry;

/// <summary>How full this process's disk, spool and waiting room are.</summary>
internal sealed class StoreGauges : IDisposable
{
    private readonly Meter _meter = new(HubInstruments.Meter);

    public StoreGauges(RecordHubStorage storage, ConnectionGate? gate = null)
    {
        _meter.Gauge(HubInstruments.DiskFree, () => [new Measurement<double>(storage.FreeBytes)]);
        _meter.Gauge(HubInstruments.DiskWatermark, () => [new Measurement<double>(storage.MinFreeBytes)]);
        _meter.Gauge(HubInstruments.SpoolWaiting, () => [new Measurement<double>(storage.WaitingBytes)]);
        _meter.Gauge(HubInstruments.SpoolLimit, () => [new Measurement<double>(storage.MaxWaitingBytes)]);
        if (gate is not null)
        {
            _meter.Gauge(HubInstruments.ConnectionsWaiting, () => [new Measurement<double>(gate.Waiting)]);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
