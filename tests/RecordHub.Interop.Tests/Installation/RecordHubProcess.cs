using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using NUnit.Framework;
using SystemProcess = System.Diagnostics.Process;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>The built executable serving on loopback with ports of its own, as an installation would run it.</summary>
internal sealed class RecordHubProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);
    private readonly SystemProcess _process;
    private readonly StringBuilder _log;

    private RecordHubProcess(SystemProcess process, StringBuilder log, string data, IPEndPoint http, IPEndPoint dicom)
    {
        _process = process;
        _log = log;
        Data = data;
        Http = http;
        Dicom = dicom;
        Token = File.ReadAllText(Path.Combine(data, "admin.token")).Trim();
        Client = new HttpClient { BaseAddress = new Uri($"http://{http}/"), Timeout = TimeSpan.FromMinutes(2) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public string Data { get; }

    public IPEndPoint Http { get; }

    public IPEndPoint Dicom { get; }

    /// <summary>Where DICOM listens with TLS; null when it does not.</summary>
    public IPEndPoint? DicomTls { get; private init; }

    public string Token { get; }

    /// <summary>Its resident memory now, in bytes; 0 where the system does not tell.</summary>
    public long Memory => MemoryOf(_process.Id, "VmRSS:");

    /// <summary>Speaks HTTP to it as the administrator.</summary>
    public HttpClient Client { get; }

    /// <summary>What it has logged.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Starts it and waits for its ready line.</summary>
    public static Task<RecordHubProcess> StartAsync(string data, CancellationToken token) =>
        StartAsync(Run("serve", "--data", data, "--http", "127.0.0.1:0", "--dicom", "127.0.0.1:0"), _ => data, token);

    /// <summary>
    /// Starts it with a data folder on a disk of its own, of so many MiB, that goes with the process; <see cref="Data"/>
    /// is that disk as others see it. Passes the test over where this user may not mount.
    /// </summary>
    public static Task<RecordHubProcess> StartOnSmallDiskAsync(
        string data, int mebibytes, string settings, CancellationToken token)
    {
        using SystemProcess may = SystemProcess.Start("unshare", ["-rm", "true"]);
        may.WaitForExit();
        if (may.ExitCode != 0)
        {
            Assert.Ignore("This user may not mount a disk in a namespace of its own (unshare -rm).");
        }

        string mount = $"mount -t tmpfs -o size={mebibytes}m,mode=700 tmpfs '{data}' && printf %s '{settings}' "
            + $"> '{data}/appsettings.json' && exec \"$@\"";
        System.Diagnostics.ProcessStartInfo start = StartInfo(
            "serve", "--data", data, "--http", "127.0.0.1:0", "--dicom", "127.0.0.1:0");
        string[] command = [start.FileName, .. start.ArgumentList];
        start.FileName = "unshare";
        start.ArgumentList.Clear();
        Array.ForEach(["-rm", "/bin/sh", "-c", mount, "sh", .. command], start.ArgumentList.Add);
        return StartAsync(SystemProcess.Start(start)!, process => $"/proc/{process.Id}/root{data}", token);
    }

    private static async Task<RecordHubProcess> StartAsync(
        SystemProcess process, Func<SystemProcess, string> data, CancellationToken token)
    {
        StringBuilder log = new();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (log)
            {
                log.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(s_startLimit);
        string? ready = await process.StandardOutput.ReadLineAsync(limit.Token);
        if (ready?.StartsWith("ready ", StringComparison.Ordinal) != true)
        {
            process.Kill();
            Assert.Fail($"It did not become ready: {ready}\n{log}");
        }

        string[] words = ready!.Split(' ');
        return new RecordHubProcess(process, log, data(process), Endpoint(words, "http="), Endpoint(words, "dicom="))
        {
            DicomTls = words.Any(word => word.StartsWith("dicom-tls=", StringComparison.Ordinal))
                ? Endpoint(words, "dicom-tls=") : null,
        };
    }

    /// <summary>Runs one command of the executable to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> CommandAsync(
        CancellationToken token, params string[] arguments)
    {
        using SystemProcess process = Run(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(token);
        Task<string> error = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Runs one command and ends it by SIGKILL as soon as it says a word; the line, empty when it never did.</summary>
    public static async Task<string> KillAtMessageAsync(string word, CancellationToken token, params string[] arguments)
    {
        using SystemProcess process = Run(arguments);
        _ = process.StandardOutput.ReadToEndAsync(token);
        string? line;
        do
        {
            line = await process.StandardError.ReadLineAsync(token);
        }
        while (line?.Contains(word, StringComparison.Ordinal) == false);

        process.Kill();
        await process.WaitForExitAsync(token);
        return line ?? string.Empty;
    }

    /// <summary>Runs one command to its end and watches its memory; 0 where the system does not tell.</summary>
    public static async Task<(int ExitCode, string Output, string Error, long PeakMemory)> MeasuredCommandAsync(
        CancellationToken token, params string[] arguments)
    {
        using SystemProcess process = Run(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(token);
        Task<string> error = process.StandardError.ReadToEndAsync(token);
        Task end = process.WaitForExitAsync(token);
        long peak = 0;
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
        while (await Task.WhenAny(end, timer.WaitForNextTickAsync(token).AsTask()) != end)
        {
            peak = Math.Max(peak, MemoryOf(process.Id, "VmHWM:"));
        }

        await end;
        return (process.ExitCode, await output, await error, peak);
    }

    /// <summary>Runs one command to its end, and hands over each line of its output as it comes.</summary>
    public static async Task<int> StreamCommandAsync(
        Func<string, Task> line, CancellationToken token, params string[] arguments)
    {
        using SystemProcess process = Run(arguments);
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync(token) is { } text)
        {
            await line(text);
        }

        await process.WaitForExitAsync(token);
        return process.ExitCode;
    }

    // VmRSS is resident memory now, VmHWM its high-water mark (proc(5)).
    private static long MemoryOf(int processId, string key)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{processId}/status")
                .FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(
                line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Ends it as a power cut would: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _ = SendSignal(_process.Id, 15);
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(40));
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private static IPEndPoint Endpoint(string[] words, string key) =>
        IPEndPoint.Parse(words.Single(word => word.StartsWith(key, StringComparison.Ordinal))[key.Length..]);

    private static SystemProcess Run(params string[] arguments) => SystemProcess.Start(StartInfo(arguments))!;

    private static System.Diagnostics.ProcessStartInfo StartInfo(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "recordhub.dll");
        System.Diagnostics.ProcessStartInfo start = new("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["RECORDHUB__Dicom__AcceptUnknownCallers"] = "true";
        start.Environment.Remove("RECORDHUB_SERVER");
        start.Environment.Remove("RECORDHUB_TOKEN");
        return start;
    }

    // SIGTERM, which .NET's Process cannot send.
    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int processId, int signal);
}
