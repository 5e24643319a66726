using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>The log of one host, to be waited for.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly Channel<(LogLevel Level, EventId Event, string Text)> _lines =
        Channel.CreateUnbounded<(LogLevel, EventId, string)>();

    /// <summary>The next line of this event.</summary>
    public async Task<(LogLevel Level, string Text)> NextAsync(int eventId, CancellationToken token)
    {
        while (true)
        {
            (LogLevel level, EventId id, string text) = await _lines.Reader.ReadAsync(token);
            if (id.Id == eventId)
            {
                return (level, text);
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        _lines.Writer.TryWrite((logLevel, eventId, formatter(state, exception)));

    public void Dispose() => _lines.Writer.TryComplete();
}
