using System.Diagnostics;
using System.Net;
using NUnit.Framework;

namespace RecordHub.Cli.Tests.Serving;

/// <summary><c>recordhub serve</c> as a process of its own, with a limit of open files.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly DirectoryInfo _data;

    private ServedProcess(Process process, Task<string> errors, DirectoryInfo data, IPEndPoint http, IPEndPoint dicom)
    {
        _process = process;
        _errors = errors;
        _data = data;
        Http = http;
        Dicom = dicom;
    }

    public IPEndPoint Http { get; }

    public IPEndPoint Dicom { get; }

    public bool HasExited => _process.HasExited;

    public static async Task<ServedProcess> StartAsync(int openFiles, CancellationToken token)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("recordhub-served-");
        ProcessStartInfo start = new("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["RECORDHUB__Dicom__AcceptUnknownCallers"] = "true";
        foreach (string argument in (string[])[
            "-c", "ulimit -n \"$1\" && shift && exec \"$@\"", "sh", $"{openFiles}", "dotnet",
            Path.Combine(AppContext.BaseDirectory, "recordhub.dll"), "serve", "--data", data.FullName,
            "--http", "127.0.0.1:0", "--dicom", "127.0.0.1:0"])
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string? ready = await process.StandardOutput.ReadLineAsync(token);
        if (ready?.Split(' ') is not ["ready", var http, var dicom])
        {
            throw new InvalidOperationException($"'{ready}' is no line of a service that is ready: {await errors}");
        }

        return new ServedProcess(
            process, errors, data, IPEndPoint.Parse(http["http=".Length..]), IPEndPoint.Parse(dicom["dicom=".Length..]));
    }

    /// <summary>Ends it, and gives what it wrote to standard error.</summary>
    public async Task<string> EndAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        return await _errors;
    }

    public async ValueTask DisposeAsync()
    {
        string log = await EndAsync();
        await TestContext.Out.WriteLineAsync(log);
        _process.Dispose();
        _data.Delete(recursive: true);
    }
}
