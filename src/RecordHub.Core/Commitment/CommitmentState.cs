namespace RecordHub.Core.Commitment;

/// <summary>How far an order is.</summary>
public enum CommitmentState
{
    /// <summary>To be checked, or to be reported again.</summary>
    Waiting,

    /// <summary>The sender has confirmed our report.</summary>
    Reported,

    /// <summary>The sender could not be told within the configured time; a person should know.</summary>
    Abandoned,
}
