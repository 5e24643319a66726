namespace RecordHub.Core.Completeness;

/// <summary>Compares what is here with what a sender has listed or counted beside the instances.</summary>
internal static class SenderListReasons
{
    internal static IEnumerable<CompletenessReason> Of(StudyEvidence evidence) =>
        evidence.Lists.SelectMany(list => evidence.Instances.Count == 0
            ? [Reason(ReasonWeight.Lacks, $"{list.Carrier} tells of this study, and nothing of it is here.")]
            : Of(list, evidence));

    private static List<CompletenessReason> Of(SenderList list, StudyEvidence evidence)
    {
        List<CompletenessReason> lacks = [.. Named(list, evidence)];
        lacks.AddRange(Counted(list, evidence, lacks.Select(one => one.Series).OfType<string>().ToHashSet()));
        int series = evidence.Instances.Select(one => one.Series).Distinct().Count();
        if (lacks.Count == 0 && list.Series > series)
        {
            lacks.Add(Reason(ReasonWeight.Lacks, $"the study has {series} of the {list.Series} series that {list.Carrier} counts."));
        }

        if (lacks.Count == 0 && list.Instances > evidence.Instances.Count)
        {
            lacks.Add(Reason(
                ReasonWeight.Lacks,
                $"the study has {evidence.Instances.Count} of the {list.Instances} instances that {list.Carrier} counts."));
        }

        bool says = list.Named.Count > 0 || list.SeriesCounts.Count > 0 || list.Instances > 0;
        return lacks.Count > 0 || !list.IsWhole || !says
            ? lacks
            : [Reason(ReasonWeight.Vouches, $"all that {list.Carrier} lists of the study is here.")];
    }

    private static IEnumerable<CompletenessReason> Named(SenderList list, StudyEvidence evidence)
    {
        HashSet<string> here = [.. evidence.Instances.Select(one => one.Sop)];
        foreach (IGrouping<string, (string Series, string Sop)> series in list.Named.Distinct().GroupBy(one => one.Series))
        {
            int missing = series.Count(one => !here.Contains(one.Sop));
            if (missing > 0)
            {
                yield return Reason(
                    ReasonWeight.Lacks,
                    $"of the {series.Count()} instances that {list.Carrier} names in {evidence.NameOf(series.Key)}, {missing} {(missing == 1 ? "is" : "are")} not here.")
                    with
                { Series = series.Key };
            }
        }
    }

    private static IEnumerable<CompletenessReason> Counted(
        SenderList list, StudyEvidence evidence, HashSet<string> known)
    {
        foreach ((string series, int count) in list.SeriesCounts.Where(one => !known.Contains(one.Series)))
        {
            int here = evidence.Instances.Count(one => one.Series == series);
            if (here < count)
            {
                yield return Reason(
                    ReasonWeight.Lacks,
                    $"{evidence.NameOf(series)} has {here} of the {count} instances that {list.Carrier} counts.")
                    with
                { Series = series };
            }
        }
    }

    private static CompletenessReason Reason(ReasonWeight weight, FormattableString text) =>
        new(EvidenceKind.SenderList, weight, "Sender's list: " + FormattableString.Invariant(text));
}
