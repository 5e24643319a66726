using RecordHub.Core.Access;

namespace RecordHub.Core.Resources;

/// <summary>A search by QIDO-RS or C-FIND. Values are patterns: <c>*</c> and <c>?</c> are wildcards where the VR allows them (PS3.4 §C.2.2.2).</summary>
public sealed record InstanceQuery
{
    public required InstanceLevel Level { get; init; }
    public required AccessScope Scope { get; init; }

    /// <summary>Matching keys: DICOM keyword (of InstanceFacts' members, plus <c>ModalitiesInStudy</c>) to value as given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Matches { get; init; } = [];

    /// <summary>Whether PatientName matches by word, without regard to case and diacritics.</summary>
    public bool FuzzyMatching { get; init; }

    /// <summary>Whether a date and its time are one moment, so that their ranges are one range (PS3.4 §C.2.2.2.5.4).</summary>
    public bool CombinesDateAndTime { get; init; }

    /// <summary>
    /// Whether what is in several cases is one match, as C-FIND has it, and not one in each. The patient level has no other
    /// way.
    /// </summary>
    public bool AcrossCases { get; init; }

    /// <summary>Whether the instances of a match are counted, for which each of them is looked at; across cases alone.</summary>
    public bool CountsInstances { get; init; } = true;

    /// <summary>The site whose instances alone are found and counted; null for those of everybody.</summary>
    public string? Site { get; init; }

    public int Offset { get; init; }
    public required int Limit { get; init; }

    /// <summary>The type only: a key may name a patient.</summary>
    public override string ToString() => nameof(InstanceQuery);
}
