namespace RecordHub.Core.Identity.Matching;

/// <summary>How sure it is that two records are one person's (the codes of FHIR's match-grade).</summary>
public enum MatchGrade
{
    /// <summary>The evidence speaks against it.</summary>
    CertainlyNot,

    /// <summary>It may be.</summary>
    Possible,

    /// <summary>It most likely is.</summary>
    Probable,

    /// <summary>Sure enough to be linked without a person.</summary>
    Certain,
}
