using System.Diagnostics;
using RecordHub.Core.Telemetry;

namespace RecordHub.Server.Dicom;

/// <summary>What a span says of how a DIMSE operation ended.</summary>
internal static class DimseSpans
{
    /// <summary>Notes the status, and whether it is a failure.</summary>
    /// <param name="span">The span; null when nobody listens.</param>
    /// <param name="status">The last status; null when the association ended before one.</param>
    /// <param name="good">Those that are none.</param>
    public static void Told(this Activity? span, ushort? status, params ReadOnlySpan<ushort> good)
    {
        span?.SetTag(SpanTags.Status, status is { } told ? $"{told:X4}" : null);
        if (span is not null && (status is null || !good.Contains(status.Value)))
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
