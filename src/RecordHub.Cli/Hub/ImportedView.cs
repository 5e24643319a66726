namespace RecordHub.Cli.Hub;

/// <summary>What became of one record of an imported file.</summary>
/// <param name="Kind">What it is, a name of <see cref="Core.Intake.ContentKind"/>, or <c>archive</c>.</param>
/// <param name="Outcome">One of <see cref="ImportOutcomes"/>.</param>
/// <param name="Reason">A short code, and behind a colon a sentence; empty when it was filed without more to say.</param>
/// <param name="Item">Our name for it; null when nothing was kept.</param>
/// <param name="Case">The case it is in, or would be; null when in none.</param>
internal sealed record ImportedView(string Kind, string Outcome, string Reason, string? Item, long? Case);
