namespace RecordHub.Core.Identity.Matching;

/// <summary>What forces a person to look, whatever the score.</summary>
public enum MatchVeto
{
    /// <summary>The sexes differ.</summary>
    SexConflict,

    /// <summary>The birth dates differ in more than one digit.</summary>
    BirthDateConflict,

    /// <summary>Equal family name and birth date with another given name.</summary>
    Twin,

    /// <summary>Two generations (Jr and Sr), or only one side says which.</summary>
    Generation,

    /// <summary>A name given to whoever has none yet.</summary>
    PlaceholderName,

    /// <summary>A birth date given to whoever has none yet.</summary>
    PlaceholderBirthDate,

    /// <summary>A known identifier with somebody else's demographics.</summary>
    ReusedIdentifier,

    /// <summary>Two candidates too close together to choose.</summary>
    CloseCandidates,
}
