namespace RecordHub.Core.Identity.Matching;

/// <summary>Two people side by side: the grade, and all that it rests on.</summary>
public sealed record IdentityMatch
{
    /// <summary>How sure it is that they are one.</summary>
    public required MatchGrade Grade { get; init; }

    /// <summary>The sum of the fields' bits.</summary>
    public required double Bits { get; init; }

    /// <summary>Each field, in the order of <see cref="MatchField"/>.</summary>
    public required IReadOnlyList<FieldAgreement> Fields { get; init; }

    /// <summary>What forces a person to look; empty when nothing does.</summary>
    public required IReadOnlyList<MatchVeto> Vetoes { get; init; }

    /// <summary>An identifier of the one is known to be the other's.</summary>
    public bool SharesIdentifier => LevelOf(MatchField.Identifier) == MatchLevel.Exact;

    /// <summary>Family name, given name and full birth date are said on both sides and agree.</summary>
    /// <remarks>And the issuer of the one's number has not given the other another one.</remarks>
    public bool IsComplete => LevelOf(MatchField.Identifier) != MatchLevel.Different
        && Agrees(MatchField.FamilyName, orClose: true)
        && Agrees(MatchField.GivenName, orClose: false)
        && LevelOf(MatchField.BirthDate) == MatchLevel.Exact;

    /// <summary>How far a field agrees.</summary>
    public MatchLevel LevelOf(MatchField field) => Fields[(int)field].Level;

    /// <summary>The type only: the members name a patient.</summary>
    public override string ToString() => nameof(IdentityMatch);

    private bool Agrees(MatchField field, bool orClose) => LevelOf(field) switch
    {
        MatchLevel.Exact or MatchLevel.Swapped or MatchLevel.Cut or MatchLevel.ShortForm => true,
        MatchLevel.Romanised or MatchLevel.Close or MatchLevel.Part => orClose,
        _ => false,
    };
}
