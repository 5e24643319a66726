using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Hosting;

internal sealed class RecordHubHostTests
{
    [Test]
    public async Task Both_doors_listen_on_the_ports_that_are_told()
    {
        await using TestHub hub = await TestHub.StartAsync();

        Assert.That(await hub.Anonymous.GetStringAsync("health/live"), Is.EqualTo("alive\n"));
    }

    [Test]
    public void A_port_that_is_taken_stops_the_start_with_advice()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();

        StartRefusedException refused = Assert.ThrowsAsync<StartRefusedException>(
            () => TestHub.StartAsync(options => options with { Http = (IPEndPoint)taken.LocalEndpoint }))!;

        Assert.That(refused.Message, Does.Contain(taken.LocalEndpoint.ToString()!).And.Contain("--http"));
    }

    [Test]
    public void A_data_folder_that_is_a_file_stops_the_start_with_advice()
    {
        string file = Path.GetTempFileName();
        try
        {
            StartRefusedException refused = Assert.ThrowsAsync<StartRefusedException>(
                () => RecordHubHost.StartAsync(
                    new RecordHubOptions { Data = file }, CancellationToken.None, logging => logging.ClearProviders()))!;

            Assert.That(refused.Message, Does.Contain(file).And.Contain("--data"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task A_second_start_keeps_the_token()
    {
        string folder = Directory.CreateTempSubdirectory("recordhub-again-").FullName;
        try
        {
            RecordHubOptions options = new()
            {
                Data = folder,
                Http = new IPEndPoint(IPAddress.Loopback, 0),
                Roles = ServerRoles.Api,
            };
            string[] tokens = new string[2];
            for (int i = 0; i < 2; i++)
            {
                await using RecordHubHost host = await RecordHubHost.StartAsync(
                    options, CancellationToken.None, logging => logging.ClearProviders());
                await host.StopAsync(CancellationToken.None);
                tokens[i] = await File.ReadAllTextAsync(Path.Combine(folder, "admin.token"));
            }

            Assert.That(tokens[1], Is.EqualTo(tokens[0]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_part_that_fails_for_good_ends_the_service_and_is_named(CancellationToken token)
    {
        string folder = Directory.CreateTempSubdirectory("recordhub-failing-").FullName;
        try
        {
            RecordHubOptions options = new() { Data = folder, Roles = ServerRoles.Worker };
            await using RecordHubHost host = await RecordHubHost.StartAsync(
                options, token, logging => logging.ClearProviders().Services.AddHostedService<FailingService>());

            await host.WaitForStopAsync(token);

            Assert.That(host.Failure, Is.TypeOf<NotSupportedException>());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task A_service_that_is_told_to_stop_has_not_failed()
    {
        string folder = Directory.CreateTempSubdirectory("recordhub-stopping-").FullName;
        try
        {
            await using RecordHubHost host = await RecordHubHost.StartAsync(
                new RecordHubOptions { Data = folder, Roles = ServerRoles.Worker }, CancellationToken.None,
                logging => logging.ClearProviders());
            await host.StopAsync(CancellationToken.None);

            Assert.That(host.Failure, Is.Null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class FailingService : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new NotSupportedException();
        }
    }
}
