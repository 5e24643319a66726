using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace RecordHub.Server.Telemetry;

/// <summary>The log of the service.</summary>
internal static class HubLogging
{
    // Standard output belongs to the command: its ready line, or its JSON.
    public static void LogToStandardError(this ILoggingBuilder logging, LogOptions options)
    {
        logging.SetMinimumLevel(options.Level);

        // Whatever our own level is: request lines hold query strings, and those hold names.
        LogLevel others = options.Level > LogLevel.Warning ? options.Level : LogLevel.Warning;
        logging.AddFilter("Microsoft", others);
        logging.AddFilter("System", others);
        logging.AddFilter("MassTransit", others);

        // A start that fails ends in one sentence of ours, not in the host's stack trace before it.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.Services.TryAddSingleton(TimeProvider.System);
        logging.AddConsoleFormatter<TextLogFormatter, ConsoleFormatterOptions>();
        logging.AddConsoleFormatter<JsonLogFormatter, ConsoleFormatterOptions>();
        logging.AddConsole(console =>
        {
            console.FormatterName = options.Json ? JsonLogFormatter.FormatterName : TextLogFormatter.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
    }
}
