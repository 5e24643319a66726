namespace RecordHub.Cli.Import;

/// <summary>A line of <c>import --json</c>.</summary>
internal sealed record ImportLine(string Path, string Kind, string Outcome, string Reason, string? Item, long? Case)
{
    /// <summary>The outcome only: a path may name a patient.</summary>
    public override string ToString() => Outcome;
}
