using System.Globalization;
using RecordHub.Documents;

namespace RecordHub.Core.Normalization.DocumentInput;

/// <summary>A document's dates as FHIR writes them.</summary>
internal static class DocumentTime
{
    /// <summary>A dateTime as precise as written; without an offset only to the day (R4 datatypes.html §dateTime).</summary>
    public static string? DateTime(DocumentDate? date) => date switch
    {
        null => null,
        { Instant: { } instant } => Instant(instant),
        { Precision: DatePrecision.Year } => date.Local.ToString("yyyy", CultureInfo.InvariantCulture),
        { Precision: DatePrecision.Month } => date.Local.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => date.Local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>An instant; null when no time or no offset is written.</summary>
    public static string? Instant(DocumentDate? date) => date?.Instant is { } instant ? Instant(instant) : null;

    private static string Instant(DateTimeOffset instant) =>
        instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
