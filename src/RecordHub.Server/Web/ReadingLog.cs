using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Cases;
using RecordHub.Core.Packages;
using RecordHub.Server.Api;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;

namespace RecordHub.Server.Web;

/// <summary>
/// Remembers who opened what of a case. A package is remembered before its first byte goes, once a day for each reader and
/// version; what is read of a case is gathered and remembered every second, so that reading costs a look into memory.
/// </summary>
public sealed partial class ReadingLog(IReaderStore readers, TimeProvider time, ILogger<ReadingLog> logger)
    : BackgroundService
{
    private const int MostRemembered = 100_000;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Reader, CaseNumber Case, ReadingKind Kind), Reading> _waiting = new();

    private readonly ConcurrentDictionary<(string Reader, CaseNumber Case, int Version, DateOnly Day), bool> _opened = new();

    /// <summary>A site is sent images of a case.</summary>
    public void Note(SiteOptions site, CaseNumber number) =>
        Note(new Reader("site " + site.Name, site.Name, "site"), number, ReadingKind.Images);

    /// <summary>Something of a case is being read.</summary>
    public void Note(Caller who, CaseNumber number, ReadingKind kind) => Note(Reader.Of(who), number, kind);

    private void Note(Reader who, CaseNumber number, ReadingKind kind)
    {
        if (!number.IsNone)
        {
            Reading now = new(who, time.GetUtcNow(), time.GetUtcNow());
            _waiting.AddOrUpdate(
                (who.Id, number, kind), static (_, now) => now, static (_, was, now) => was with { Last = now.Last }, now);
        }
    }

    /// <summary>A package version is about to be handed out.</summary>
    public async Task NotePackageAsync(Caller who, CaseNumber number, int version, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var key = (who.Id, number, version, DateOnly.FromDateTime(now.UtcDateTime));
        if (_opened.ContainsKey(key))
        {
            return;
        }

        await readers.NoteAsync([Of(Reader.Of(who), number, version, ReadingKind.Package, now)], cancellationToken);
        if (_opened.Count >= MostRemembered)
        {
            _opened.Clear();
        }

        _opened[key] = true;
    }

    /// <summary>Remembers what was gathered; who opened what can be listed then.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        List<PackageReading> readings = [];
        foreach (var key in _waiting.Keys)
        {
            if (_waiting.TryRemove(key, out Reading reading))
            {
                // A version may have been published in between, so both ends count.
                readings.Add(Of(reading.Who, key.Case, null, key.Kind, reading.First));
                readings.Add(Of(reading.Who, key.Case, null, key.Kind, reading.Last));
            }
        }

        if (readings.Count > 0)
        {
            await readers.NoteAsync(readings, cancellationToken);
        }
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryFlushAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryFlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends; StopAsync remembers the rest.
        }
    }

    private async Task TryFlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushAsync(cancellationToken);
        }
#pragma warning disable CA1031 // the boundary of a background service; reading goes on, and the next reading is remembered
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.Failed(logger, exception.GetType().Name);
        }
    }

    private readonly record struct Reader(string Id, string Name, string Role)
    {
        public static Reader Of(Caller caller) => new(caller.Id, caller.Name, ViewsOfCore.Words(caller.Role));
    }

    private readonly record struct Reading(Reader Who, DateTimeOffset First, DateTimeOffset Last);

    private static PackageReading Of(Reader who, CaseNumber number, int? version, ReadingKind kind, DateTimeOffset at) =>
        new(number, version, who.Id, who.Name, who.Role, kind, at);

    private static partial class Log
    {
        [LoggerMessage(4060, LogLevel.Warning, "Who read what could not be remembered: {Type}")]
        public static partial void Failed(ILogger logger, string type);
    }
}
