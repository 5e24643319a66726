using RecordHub.Core.Access;

namespace RecordHub.Core.Resources;

/// <summary>A QIDO-RS search. Values are patterns: <c>*</c> and <c>?</c> are wildcards where the VR allows them (PS3.4 §C.2.2.2).</summary>
public sealed record InstanceQuery
{
    public required InstanceLevel Level { get; init; }
    public required AccessScope Scope { get; init; }

    /// <summary>Matching keys: DICOM keyword (of InstanceFacts' members, plus <c>ModalitiesInStudy</c>) to value as given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Matches { get; init; } = [];

    /// <summary>Whether PatientName matches by word, without regard to case and diacritics.</summary>
    public bool FuzzyMatching { get; init; }
    public int Offset { get; init; }
    public required int Limit { get; init; }

    /// <summary>The type only: a key may name a patient.</summary>
    public override string ToString() => nameof(InstanceQuery);
}
