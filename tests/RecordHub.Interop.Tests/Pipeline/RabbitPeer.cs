using System.Diagnostics;
using NUnit.Framework;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Interop.Tests.Installation;

namespace RecordHub.Interop.Tests.Pipeline;

/// <summary>A private RabbitMQ on loopback, started and stopped by the scripts in tests/peers.</summary>
internal sealed class RabbitPeer : IAsyncDisposable
{
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly string _folder = Directory.CreateTempSubdirectory("recordhub-rabbit-").FullName;
    private readonly int[] _ports = [Peer.FreePort(), Peer.FreePort(), Peer.FreePort()];

    public Uri Uri => new($"amqp://guest:guest@127.0.0.1:{_ports[0]}/");

    /// <summary>Where it keeps its queues and its log.</summary>
    public string Folder => _folder;

    /// <summary>Passes the test over, or fails it where every peer must be there, when RabbitMQ is not installed.</summary>
    public static void Require()
    {
        if (!File.Exists(Server))
        {
            const string missing = "rabbitmq-server is not installed (Debian package rabbitmq-server).";
            Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Not.EqualTo("true"), missing);
            Assert.Ignore(missing);
        }
    }

    public async Task UpAsync(CancellationToken token) => Assert.That(
        await RunAsync("rabbit-up.sh", token, [_folder, .. _ports.Select(port => $"{port}")]), Is.Zero,
        "RabbitMQ did not start");

    public Task DownAsync(CancellationToken token) => RunAsync("rabbit-down.sh", token, _folder);

    /// <summary>Runs rabbitmqctl on it.</summary>
    public async Task ControlAsync(CancellationToken token, params string[] arguments)
    {
        ProcessStartInfo start = new(
            "/usr/lib/rabbitmq/bin/rabbitmqctl", ["-n", $"recordhub{_ports[0]}@localhost", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["HOME"] = Path.Combine(_folder, "home"),
                ["ERL_EPMD_PORT"] = $"{_ports[2]}",
                ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_folder, "env-empty"),
            },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(token);
        string error = await process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        Assert.That(process.ExitCode, Is.Zero, await output + error);
    }

    public async ValueTask DisposeAsync()
    {
        await DownAsync(CancellationToken.None);
        Directory.Delete(_folder, recursive: true);
    }

    // Its output is not read: what it starts keeps it open.
    private static async Task<int> RunAsync(string script, CancellationToken token, params string[] arguments)
    {
        string path = Path.Combine(SharedFiles.Repository, "tests", "peers", script);
        using Process process = Process.Start("/bin/bash", [path, .. arguments]);
        await process.WaitForExitAsync(token);
        return process.ExitCode;
    }
}
