using RecordHub.Core.Outbox;

namespace RecordHub.Server.Pipeline;

/// <summary>
/// Work that one of many processes does at a time: under a lease that is renewed while it runs and handed back when it ends.
/// What a process did that died is another's within a minute.
/// </summary>
internal sealed class LeasedWork(ILeases leases, string name, TimeProvider time)
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_renewal = s_lease / 3;

    private readonly string _owner = Guid.NewGuid().ToString("N");

    /// <summary>Does it, unless another process does; false then.</summary>
    /// <param name="work">Is cancelled when the process stops, and when the lease is lost.</param>
    /// <param name="stopping">The process stops.</param>
    public async Task<bool> TryRunAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        if (!await leases.TryTakeAsync(name, _owner, s_lease, stopping).ConfigureAwait(false))
        {
            return false;
        }

        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task renewing = RenewAsync(ended);
        try
        {
            await work(ended.Token).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);

            // Why it could not be renewed is the caller's to say; the lease ends by itself then.
            await renewing.ConfigureAwait(false);
            await leases.TryTakeAsync(name, _owner, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        }

        return true;
    }

    private async Task RenewAsync(CancellationTokenSource ended)
    {
        using PeriodicTimer timer = new(s_renewal, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token).ConfigureAwait(false))
            {
                if (!await leases.TryTakeAsync(name, _owner, s_lease, ended.Token).ConfigureAwait(false))
                {
                    await ended.CancelAsync().ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The work has ended.
        }
        finally
        {
            // Whatever it is, the lease is not ours for long: the work must not go on without it.
            await ended.CancelAsync().ConfigureAwait(false);
        }
    }
}
