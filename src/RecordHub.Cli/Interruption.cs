using System.Runtime.InteropServices;

namespace RecordHub.Cli;

/// <summary>
/// Ctrl-C and SIGTERM: the first asks what runs to come to its end, and a second one, or half a minute, ends the process. What
/// was acknowledged is on the disk by then.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const int Signalled = 128;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _signals;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Hear(signal, 2));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Hear(signal, 15));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _asked.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _asked.Dispose();
    }

    private void Hear(PosixSignalContext signal, int number)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
        {
            Environment.Exit(Signalled + number);
        }

        _ = EndLaterAsync(Signalled + number);
        _asked.Cancel();
    }

    private static async Task EndLaterAsync(int exitCode)
    {
        await Task.Delay(s_patience).ConfigureAwait(false);
        Environment.Exit(exitCode);
    }
}
