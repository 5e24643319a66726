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

    /// <summary>The newest date in the content: ages are counted from it, so that they do not change by themselves.</summary>
    internal DateTimeOffset? Newest { get; init; }

    public override string ToString() => nameof(CaseAnalysis);

    internal static CaseAnalysis Of(CaseContent content)
    {
        ResourceFacts[] facts = [.. content.Filed.Select(ResourceFacts.Of)];
        IReadOnlyList<StudyFacts> studies = StudyFacts.Of(content, facts);
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
            Newest = ClinicalDate.Newest(facts.Select(one => one.Date)),
        };
    }
}
