namespace RecordHub.Benchmarks.Load;

/// <summary>What a run measured.</summary>
/// <param name="Stored">Answered with success.</param>
/// <param name="Failed">Answered otherwise, or not at all.</param>
/// <param name="Seconds">From the first byte of the first message to the last answer.</param>
/// <param name="PerSecond">Stored per second.</param>
/// <param name="P50">Milliseconds from a message's first byte to its answer, median.</param>
/// <param name="P99">The same, of 99 %.</param>
/// <param name="SenderCpu">Seconds of processor time that the sender took.</param>
internal sealed record CannonResult(
    int Stored, int Failed, double Seconds, double PerSecond, double P50, double P99, double SenderCpu);
