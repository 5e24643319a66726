using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Commitment;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;
using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;
using RecordHub.Server.Hosting;
using RecordHub.Server.Web;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>The DICOM door alone, on a free port of loopback, with an intake that remembers what it was given.</summary>
internal sealed class DicomDoorHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DicomDoorHost(
        WebApplication app, ListenOptions listening, ListenOptions? secure, ConcurrentQueue<(Source, SopReference, byte[])> received,
        LogLines log)
    {
        Log = log;
        _app = app;
        Port = listening.IPEndPoint?.Port ?? 0;
        TlsPort = secure?.IPEndPoint?.Port ?? 0;
        Received = received;
    }

    public int Port { get; }

    /// <summary>Where it speaks TLS; 0 when it does not.</summary>
    public int TlsPort { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>What was logged, from Information up.</summary>
    public LogLines Log { get; }

    public ConcurrentQueue<(Source Source, SopReference Announced, byte[] Content)> Received { get; }

    public static async Task<DicomDoorHost> StartAsync(
        Func<RecordHubOptions, RecordHubOptions>? configure = null,
        Func<Stream, Source, CancellationToken, Task<IntakeOutcome>>? intake = null,
        Func<CommitmentOrder, CancellationToken, Task>? record = null,
        Func<CaseNumber, Tenant?>? tenantOf = null,
        TimeProvider? time = null,
        Func<InstanceQuery, IReadOnlyList<InstanceMatch>>? matches = null)
    {
        RecordHubOptions options = new()
        {
            Data = Path.GetTempPath(),
            Dicom = new IPEndPoint(IPAddress.Loopback, 0),
            AcceptUnknownCallers = true,
        };
        options = configure?.Invoke(options) ?? options;
        ConcurrentQueue<(Source, SopReference, byte[])> received = new();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        LogLines log = new();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddDicomDoor(options);
        builder.Services.AddSingleton(new TenantOfCase((number, _) => Task.FromResult(tenantOf?.Invoke(number))));
        builder.Services.AddSingleton(new AcceptContent(async (content, source, announced, token) =>
        {
            if (intake is not null)
            {
                return await intake(content, source, token);
            }

            using MemoryStream bytes = new();
            await content.CopyToAsync(bytes, token);
            received.Enqueue((source, announced, bytes.ToArray()));
            return new IntakeOutcome.Accepted(
                ItemId.New(TimeProvider.System), ContentHash.FromDigest(SHA256.HashData(bytes.ToArray())));
        }));
        builder.Services.AddSingleton<ICommitmentOrders>(new NoOrders());
        builder.Services.AddSingleton<IInstanceStore>(new NoStores(matches));
        builder.Services.AddSingleton<IBlobStore>(new NoStores());
        builder.Services.AddSingleton<IReaderStore>(new NoStores());
        builder.Services.AddSingleton<ReadingLog>();
        ListenOptions? listening = null;
        ListenOptions? secure = null;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            listening = kestrel.ListenDicom(options);
            secure = kestrel.ListenDicomTls(options);
        });
        WebApplication app = builder.Build();
        await app.StartAsync();
        return new DicomDoorHost(app, listening!, secure, received, log);
    }

    public async Task StopAsync() => await _app.StopAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed class NoOrders : ICommitmentOrders
    {
        public Task RecordAsync(CommitmentOrder order, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task HurryAsync(string? site, string callingAeTitle, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
