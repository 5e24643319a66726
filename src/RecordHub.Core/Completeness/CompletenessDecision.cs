namespace RecordHub.Core.Completeness;

/// <summary>
/// Whether a study is complete. Pure. What is counted or listed decides; gaps in the numbering only where nobody counted;
/// how long nothing has come decides last, and never that a study is complete.
/// </summary>
internal static class CompletenessDecision
{
    /// <summary>After this long without an instance, nothing is taken to be on its way.</summary>
    internal static readonly TimeSpan QuietTime = TimeSpan.FromMinutes(2);

    internal static StudyVerdict Decide(StudyEvidence evidence)
    {
        List<CompletenessReason> reasons =
        [
            .. HeaderCounts.Reasons(evidence), .. SenderListReasons.Of(evidence), .. ArrivalReasons.Of(evidence),
        ];
        HashSet<string> series = [.. evidence.Instances.Select(one => one.Series)];
        HashSet<string> vouched = [.. reasons.Where(IsVouching).Select(one => one.Series).OfType<string>()];
        bool whole = reasons.Any(one => IsVouching(one) && one.Series is null)
            || (series.Count > 0 && vouched.IsSupersetOf(series));
        if (!whole)
        {
            reasons.AddRange(InstanceNumbers.Reasons(evidence, vouched));
        }

        CompletenessState state = StateOf(reasons, whole);
        if (state == CompletenessState.Unknown && reasons.Count == 0)
        {
            reasons.Add(new CompletenessReason(
                EvidenceKind.HeaderCounts, ReasonWeight.Note,
                "Header counts and lists: nothing that was sent says how many instances there should be."));
        }

        return new StudyVerdict(
            state,
            [.. reasons.OrderBy(Rank).ThenBy(one => one.Kind).ThenBy(one => one.Sentence, StringComparer.Ordinal)
                .DistinctBy(one => one.Sentence)]);
    }

    private static CompletenessState StateOf(List<CompletenessReason> reasons, bool whole)
    {
        bool lacks = reasons.Any(one => one.Weight == ReasonWeight.Lacks);
        bool open = reasons.Any(one => one is { Weight: ReasonWeight.Coming, Kind: EvidenceKind.OpenAssociation });
        bool recent = reasons.Any(one => one.Weight == ReasonWeight.Coming);
        return (lacks, whole, open, recent) switch
        {
            (_, _, true, _) => CompletenessState.Arriving,
            (true, _, _, true) => CompletenessState.Arriving,
            (true, _, _, false) => CompletenessState.Partial,
            (false, true, _, _) => CompletenessState.Complete,
            (false, false, _, true) => CompletenessState.Arriving,
            _ => CompletenessState.Unknown,
        };
    }

    private static bool IsVouching(CompletenessReason reason) => reason.Weight == ReasonWeight.Vouches;

    private static int Rank(CompletenessReason reason) => reason.Weight switch
    {
        ReasonWeight.Lacks => 0,
        ReasonWeight.Coming => 1,
        ReasonWeight.Vouches => 2,
        _ => 3,
    };
}
