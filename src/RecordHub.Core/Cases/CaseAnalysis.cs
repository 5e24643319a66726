using RecordHub.Core.Completeness;
using RecordHub.Core.Packages;

namespace RecordHub.Core.Cases;

/// <summary>What a case's content says when it is looked at as a whole. Pure.</summary>
internal sealed record CaseAnalysis
{
    internal required CaseContent Content { get; init; }

    /// <summary>One for each filed resource, in the same order.</summary>
    internal required IReadOnlyList<ResourceFacts> Facts { get; init; }

    /// <summary>The section's key of each filed resource, by <c>Type/id</c>.</summary>
    internal required IReadOnlyDictionary<string, string> Sections { get; init; }

    internal required IReadOnlyList<StudyFacts> Studies { get; init; }

    /// <summary>What the content says of how much there is of each study, by Study Instance UID.</summary>
    internal required IReadOnlyDictionary<string, StudyEvidence> Evidence { get; init; }

    /// <summary>Studies of which nothing is here but somebody's word, ordered by UID.</summary>
    internal required IReadOnlyList<StudyVerdict> Told { get; init; }

    /// <summary>The newest date in the content: ages are counted from it, so that they do not change by themselves.</summary>
    internal DateTimeOffset? Newest { get; init; }

    public override string ToString() => nameof(CaseAnalysis);

    /// <summary>A study for people: its modalities and date.</summary>
    internal string NameOf(string studyInstanceUid) =>
        Studies.FirstOrDefault(one => one.Uid == studyInstanceUid)?.Name ?? "a study that nothing has come of";

    internal static CaseAnalysis Of(CaseContent content)
    {
        Dictionary<string, long> binaries = content.Binaries.ToDictionary(one => one.Id, one => one.Length, StringComparer.Ordinal);
        ResourceFacts[] facts = [.. content.Filed.Select(one => ResourceFacts.Of(one, binaries))];
        IReadOnlyDictionary<string, StudyEvidence> evidence = CaseEvidence.Of(content);
        SortedDictionary<string, StudyVerdict> verdicts = new(
            evidence.ToDictionary(one => one.Key, one => CompletenessDecision.Decide(one.Value)), StringComparer.Ordinal);
        IReadOnlyList<StudyFacts> studies = StudyFacts.Of(content, facts, verdicts);
        HashSet<string> earlier = [.. studies.Where(study => study.IsEarlier).Select(study => study.Study.Reference)];
        return new CaseAnalysis
        {
            Content = content,
            Facts = facts,
            Sections = facts.ToDictionary(
                one => one.Reference,
                one => SectionRules.KeyOf(one) is "studies-in-question" && earlier.Contains(one.Reference)
                    ? "earlier-studies" : SectionRules.KeyOf(one)),
            Studies = studies,
            Evidence = evidence,
            Told = [.. verdicts.Where(one => evidence[one.Key].Instances.Count == 0).Select(one => one.Value)],
            Newest = ClinicalDate.Newest(facts.Where(one => one.Standing.Counts).Select(one => one.Date)),
        };
    }
}
