using System.Collections.Concurrent;

namespace RecordHub.Server.Auth;

/// <summary>
/// Counts assertions that failed, by address and client, so that nobody has signatures checked without end. One client that
/// fails holds up no other one behind the same address, nor itself elsewhere.
/// </summary>
internal sealed class FailureLimit(TimeProvider time)
{
    /// <summary>Failures in a window that are answered.</summary>
    public const int Most = 30;

    private const int MostRemembered = 10_000;

    /// <summary>How long failures are counted together.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Address, string Client), (DateTimeOffset Since, int Count)> _failures = new();

    /// <summary>Whether nothing more is looked at for now.</summary>
    public bool IsOver(string address, string client) =>
        _failures.TryGetValue((address, client), out var known) && known.Count >= Most && time.GetUtcNow() - known.Since < Window;

    /// <summary>Counts one more; true when it is one too many.</summary>
    public bool Count(string address, string client)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_failures.Count >= MostRemembered)
        {
            Forget(now);
        }

        return _failures.AddOrUpdate(
            (address, client), static (_, at) => (at, 1),
            static (_, known, at) => at - known.Since < Window ? (known.Since, Math.Min(known.Count, Most) + 1) : (at, 1), now).Count > Most;
    }

    // When all are of this minute they come from everywhere, and counting them does not help.
    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, (since, _)) in _failures)
        {
            if (now - since >= Window)
            {
                _failures.TryRemove(key, out _);
            }
        }

        if (_failures.Count >= MostRemembered)
        {
            _failures.Clear();
        }
    }
}
