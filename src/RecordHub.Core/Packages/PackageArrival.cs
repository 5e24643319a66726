namespace RecordHub.Core.Packages;

/// <summary>Something that came into a case after its last package version.</summary>
/// <param name="ReceivedAt">When its last byte came.</param>
/// <param name="Trace">The W3C traceparent of what brought it; null when nobody followed it.</param>
public readonly record struct PackageArrival(DateTimeOffset ReceivedAt, string? Trace);
