namespace RecordHub.Core.Completeness;

/// <summary>
/// Compares what is here with the numbers that headers state. Headers may be older than the study, so that their numbers
/// differ: there is a lack when even the smallest is not reached, and all is here when the largest is.
/// </summary>
internal static class HeaderCounts
{
    internal static IEnumerable<CompletenessReason> Reasons(StudyEvidence evidence)
    {
        IReadOnlyList<InstanceEvidence> all = evidence.Instances;
        IGrouping<string, InstanceEvidence>[] series = [.. all.GroupBy(one => one.Series)];
        IEnumerable<CompletenessReason?> reasons =
        [
            Compare("the study", "instances", "(0020,1208)", all.Count, all.Select(one => one.StudyInstances)),
            SeriesOf(Compare("the study", "series", "(0020,1206)", series.Length, all.Select(one => one.StudySeries))),
            .. series.Select(group => Compare(
                evidence.NameOf(group.Key), "instances", "(0020,1209)", group.Count(),
                group.Select(one => one.SeriesInstances)) is { } reason ? reason with { Series = group.Key } : null),
            .. Acquisitions(evidence),
        ];
        return reasons.OfType<CompletenessReason>();
    }

    private static CompletenessReason? Compare(
        string where, string what, string tag, int here, IEnumerable<int?> values)
    {
        int[] stated = [.. values.OfType<int>().Where(value => value > 0)];
        if (stated.Length == 0)
        {
            return null;
        }

        (int least, int most) = (stated.Min(), stated.Max());
        return least > here ? Reason(
                ReasonWeight.Lacks, $"{where} has {here} of the {(least == most ? "" : "at least ")}{least} {what} that its headers state {tag}.")
            : most <= here ? Reason(
                ReasonWeight.Vouches, $"{where} has {here} {what}, and its headers state {most} {tag}.")
            : Reason(
                ReasonWeight.Note, $"{where} has {here} {what}, but its headers disagree: {least} to {most} {tag}.");
    }

    // All series there are do not make all instances.
    private static CompletenessReason? SeriesOf(CompletenessReason? reason) =>
        reason is { Weight: ReasonWeight.Vouches } ? reason with { Weight = ReasonWeight.Note } : reason;

    // An acquisition may be spread over series, and a series hold many images of one place: only a lack is sure.
    private static IEnumerable<CompletenessReason> Acquisitions(StudyEvidence evidence)
    {
        foreach (var group in evidence.Instances
            .Where(one => one is { Acquisition: not null, AcquisitionImages: > 0 })
            .GroupBy(one => (one.Acquisition, one.AcquisitionImages)))
        {
            int images = group.Sum(one => Math.Min(one.Frames, 1_000_000));
            if (images < group.Key.AcquisitionImages)
            {
                string[] series = [.. group.Select(one => one.Series).Distinct().Order(StringComparer.Ordinal)];
                yield return Reason(
                    ReasonWeight.Lacks,
                    $"acquisition {group.Key.Acquisition} in {evidence.NameOf(series[0])} has {images} of the {group.Key.AcquisitionImages} images that its headers state (0020,1002).")
                    with
                { Series = series[0] };
            }
        }
    }

    private static CompletenessReason Reason(ReasonWeight weight, FormattableString text) =>
        new(EvidenceKind.HeaderCounts, weight, "Header counts: " + FormattableString.Invariant(text));
}
