using System.Text;
using SystemProcess = System.Diagnostics.Process;

namespace RecordHub.Interop.Tests.Fleets;

/// <summary>A process of the installation under something that starts it again whenever it has ended.</summary>
internal sealed class FleetNode : IAsyncDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);
    private readonly IReadOnlyList<string> _arguments;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _log = new();
    private readonly Task _kept;
    private SystemProcess? _process;

    public FleetNode(string data, IReadOnlyDictionary<string, string> settings, params IReadOnlyList<string> arguments)
    {
        _settings = settings;
        _arguments = [Path.Combine(AppContext.BaseDirectory, "recordhub.dll"), "serve", "--data", data, .. arguments];
        _kept = KeepAsync();
    }

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>Its resident memory in bytes; 0 while it is being started.</summary>
    public long Memory
    {
        get
        {
            try
            {
                SystemProcess? process = Volatile.Read(ref _process);
                process?.Refresh();
                return process?.WorkingSet64 ?? 0;
            }
            catch (InvalidOperationException)
            {
                return 0; // It has ended.
            }
        }
    }

    /// <summary>When it was ready for the first time.</summary>
    public Task Ready => _ready.Task;

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

    /// <summary>What it logged of steps that failed by themselves, with where.</summary>
    public string Failures => string.Join('\n', Log.Split('\n').Where(static line =>
        line.Contains("failed at attempt", StringComparison.Ordinal) || line.Contains("processing it failed", StringComparison.Ordinal)
        || line.TrimStart().StartsWith("at ", StringComparison.Ordinal)));

    /// <summary>SIGKILL; nothing when it is being started.</summary>
    public void Kill()
    {
        try
        {
            Volatile.Read(ref _process)?.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Kill();
        await _kept;
        _end.Dispose();
    }

    private async Task KeepAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            using SystemProcess process = Start();
            Starts++;
            Volatile.Write(ref _process, process);
            if (_end.IsCancellationRequested)
            {
                process.Kill();
            }

            _ = ReadyAsync(process);
            await process.WaitForExitAsync();
            Volatile.Write(ref _process, null);
            await Timetable.PassAsync(s_pause, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadyAsync(SystemProcess process)
    {
        string? line = await process.StandardOutput.ReadLineAsync();
        if (line?.StartsWith("ready", StringComparison.Ordinal) == true)
        {
            _ready.TrySetResult();
        }
    }

    private SystemProcess Start()
    {
        System.Diagnostics.ProcessStartInfo start = new("dotnet", _arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string key, string value) in _settings)
        {
            start.Environment[key] = value;
        }

        SystemProcess process = SystemProcess.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
            {
                _log.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        return process;
    }
}
