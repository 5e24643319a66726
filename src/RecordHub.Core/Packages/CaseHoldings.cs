using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Packages;

/// <summary>What a case holds at a moment: enough to see what has left it later.</summary>
/// <param name="File">The case.</param>
/// <param name="References"><c>Type/id</c> of what was read from records.</param>
/// <param name="Studies">How many images each study has.</param>
public sealed record CaseHoldings(
    CaseFile File, IReadOnlySet<string> References, IReadOnlyDictionary<string, int> Studies)
{
    /// <summary>What has left since then; a study that has fewer images has left too.</summary>
    internal IReadOnlyList<string> LostUntil(CaseHoldings later) =>
    [
        .. References.Except(later.References)
            .Concat(Studies.Where(study => later.Studies.GetValueOrDefault(study.Key) < study.Value).Select(study =>
                $"ImagingStudy/{ImagingStudyBuilder.StudyId(new StudyKey(File.Number, study.Key))}"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The type only: the case names a patient.</summary>
    public override string ToString() => nameof(CaseHoldings);
}
