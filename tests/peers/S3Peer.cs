using System.Diagnostics;
using NUnit.Framework;

namespace RecordHub.Peers;

/// <summary>An S3 server on loopback that can be stopped, and started again with what it holds.</summary>
public sealed class S3Peer : IAsyncDisposable
{
    private const string Ready = "ready ";

    private readonly string _folder;
    private Process? _process;

    private S3Peer(string folder) => _folder = folder;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Starts one; where it is not installed the test is passed over by name, and fails with CI=true.</summary>
    public static async Task<S3Peer> StartAsync(string folder)
    {
        S3Peer peer = new(folder);
        await peer.StartAsync();
        return peer;
    }

    /// <summary>Starts it on the address that it had before, if it had one.</summary>
    public async Task StartAsync()
    {
        string clients = Path.Combine(Repository(), "tests", "clients");
        if (!Directory.Exists(Path.Combine(clients, "node_modules", "s3rver")))
        {
            const string Missing = "The npm package s3rver is not installed in tests/clients (npm ci).";
            Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Not.EqualTo("true"), Missing);
            Assert.Ignore(Missing);
        }

        ProcessStartInfo start = new("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(clients, "s3.mjs"));
        start.ArgumentList.Add(_folder);
        start.ArgumentList.Add(Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        string line = await _process.StandardOutput.ReadLineAsync() ?? await _process.StandardError.ReadToEndAsync();
        Assert.That(line, Does.StartWith(Ready));
        Address = new Uri(line[Ready.Length..]);
    }

    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static string Repository()
    {
        DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RecordHub.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The repository was not found.");
    }
}
