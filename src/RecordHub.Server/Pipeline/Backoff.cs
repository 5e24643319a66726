namespace RecordHub.Server.Pipeline;

/// <summary>How long to wait after a failure. Pure.</summary>
internal static class Backoff
{
    private const int MostDoublings = 30;

    /// <summary>The first pause, doubled for every attempt after the first, and never more than the longest.</summary>
    internal static TimeSpan After(int attempt, TimeSpan first, TimeSpan longest)
    {
        double factor = Math.Pow(2, Math.Clamp(attempt, 1, MostDoublings) - 1);
        double seconds = Math.Min(first.TotalSeconds * factor, longest.TotalSeconds);
        return TimeSpan.FromSeconds(seconds);
    }
}
