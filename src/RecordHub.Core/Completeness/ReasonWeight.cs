namespace RecordHub.Core.Completeness;

/// <summary>What a reason speaks for.</summary>
public enum ReasonWeight
{
    /// <summary>Nothing by itself, but a person should know.</summary>
    Note,

    /// <summary>Something is not here.</summary>
    Lacks,

    /// <summary>All is here that this evidence covers.</summary>
    Vouches,

    /// <summary>More is coming.</summary>
    Coming,
}
