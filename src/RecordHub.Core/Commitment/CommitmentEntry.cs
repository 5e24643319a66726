namespace RecordHub.Core.Commitment;

/// <summary>An order as it is listed for people.</summary>
public sealed record CommitmentEntry
{
    /// <summary>The site that asked; null when it is not a known one.</summary>
    public string? Site { get; init; }

    /// <summary>The AE title that asked.</summary>
    public required string CallingAeTitle { get; init; }

    /// <summary>The sender's name for the request.</summary>
    public required string TransactionUid { get; init; }

    /// <summary>How many instances it names.</summary>
    public required int References { get; init; }

    /// <summary>How far it is.</summary>
    public required CommitmentState State { get; init; }

    /// <summary>When it was last asked.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it is tried next; the time of its end when it is over.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Attempts to report so far.</summary>
    public required int Attempts { get; init; }

    /// <summary>What the last attempt came to; empty before the first.</summary>
    public required string Detail { get; init; }
}
