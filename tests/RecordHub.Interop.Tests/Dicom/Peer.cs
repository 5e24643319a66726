using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>A real peer's command: run to its end, or kept running until disposed.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly Process _process;

    private Peer(Process process) => _process = process;

    /// <summary>Runs a tool to its end; its exit code and all that it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string tool, CancellationToken token, params string[] arguments)
    {
        using Process process = Start(tool, arguments);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(token);
            Task<string> error = process.StandardError.ReadToEndAsync(token);
            await process.WaitForExitAsync(token);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    /// <summary>Starts a tool that serves, and returns when it accepts on the port.</summary>
    public static async Task<Peer> ServeAsync(
        string tool, int port, CancellationToken token, params string[] arguments)
    {
        Process process = Start(tool, arguments);
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!await AcceptsAsync(port, token))
        {
            token.ThrowIfCancellationRequested();
            Assert.That(process.HasExited, Is.False, $"{tool} did not start");
        }

        return new Peer(process);
    }

    /// <summary>A port that nothing listened on a moment ago.</summary>
    public static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static async Task<bool> AcceptsAsync(int port, CancellationToken token)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, token);
            return true;
        }
        catch (SocketException)
        {
            await Task.Yield();
            return false;
        }
    }

    /// <summary>Ends the test: passed over, but an error where every peer has to be there.</summary>
    public static void Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(what);
        }

        Assert.Ignore(what);
    }

    /// <summary>Starts a tool, or ends the test when it is not there.</summary>
    public static Process Start(string tool, string[] arguments)
    {
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':')
            .Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            Missing($"{tool} is not installed (Debian packages dcmtk, orthanc, dicom3tools, genisoimage).");
        }

        return Process.Start(new ProcessStartInfo(path!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
