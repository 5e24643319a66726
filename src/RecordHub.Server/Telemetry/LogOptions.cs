using Microsoft.Extensions.Logging;

namespace RecordHub.Server.Telemetry;

/// <summary>What is logged to standard error, and how.</summary>
public sealed record LogOptions
{
    /// <summary>One JSON object for each line, instead of text (<c>Logging:Format</c>).</summary>
    public bool Json { get; init; }

    /// <summary>The least of ours that is logged (<c>Logging:Level</c>).</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;
}
