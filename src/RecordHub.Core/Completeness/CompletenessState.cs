namespace RecordHub.Core.Completeness;

/// <summary>Whether all of a study is here.</summary>
public enum CompletenessState
{
    /// <summary>Nothing says how much there should be.</summary>
    Unknown,

    /// <summary>More is on its way, or was until a moment ago.</summary>
    Arriving,

    /// <summary>Something says that there is more than what is here.</summary>
    Partial,

    /// <summary>All that somebody counted or listed is here.</summary>
    Complete,
}
