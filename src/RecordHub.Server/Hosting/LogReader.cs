using Microsoft.Extensions.Logging;
using RecordHub.Server.Telemetry;

namespace RecordHub.Server.Hosting;

/// <summary>Which key is which option of the log. Pure.</summary>
internal static class LogReader
{
    private static readonly Dictionary<string, LogLevel> s_levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["debug"] = LogLevel.Debug,
        ["information"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
    };

    public static LogOptions Read(Settings settings)
    {
        string? level = settings.Matching("Logging:Level", string.Join(", ", s_levels.Keys), s_levels.ContainsKey);
        return new LogOptions
        {
            Json = settings.Matching("Logging:Format", "text or json", static text => text is "text" or "json") == "json",
            Level = level is null ? new LogOptions().Level : s_levels[level],
        };
    }
}
