using System.Globalization;

namespace RecordHub.Core.Completeness;

/// <summary>
/// Finds instance numbers that are left out. Careful: only in series of slices, all numbered, none with frames; only
/// between images of one acquisition; and only where the numbers are consecutive otherwise. Where numbering begins means
/// nothing, and several images may share a number.
/// </summary>
internal static class InstanceNumbers
{
    private const int ShortestRun = 3;
    private const int ShownGaps = 5;

    /// <summary>A reason for each series with gaps.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="counted">Series that are known to be complete: a number left out there is one that never was used.</param>
    internal static IEnumerable<CompletenessReason> Reasons(StudyEvidence evidence, IReadOnlySet<string> counted)
    {
        foreach (IGrouping<string, InstanceEvidence> series in evidence.Instances.GroupBy(one => one.Series))
        {
            if (!counted.Contains(series.Key)
                && series.All(one => one is { IsSlice: true, Number: not null, Frames: <= 1 })
                && Gaps([.. series]) is { Count: > 0 } gaps)
            {
                yield return new CompletenessReason(
                    EvidenceKind.InstanceNumbers, ReasonWeight.Lacks,
                    $"Instance numbers: {evidence.NameOf(series.Key)} leaves out {Words(gaps)}.")
                { Series = series.Key };
            }
        }
    }

    private static List<(int First, int Last)> Gaps(IReadOnlyList<InstanceEvidence> series)
    {
        ILookup<int, int?> acquisitions = series.ToLookup(one => one.Number ?? 0, one => one.Acquisition);
        int[] numbers = [.. acquisitions.Select(one => one.Key).Order()];
        List<(int First, int Last)> gaps = [];
        int runs = 1;
        for (int i = 1; i < numbers.Length; i++)
        {
            (int before, int after) = (numbers[i - 1], numbers[i]);
            if (after - (long)before > 1)
            {
                runs++;
                if (acquisitions[before].Intersect(acquisitions[after]).Any())
                {
                    gaps.Add((before + 1, after - 1));
                }
            }
        }

        bool consecutive = numbers.Length >= runs * ShortestRun
            && gaps.Sum(gap => (long)gap.Last - gap.First + 1) < numbers.Length;
        return consecutive ? gaps : [];
    }

    private static string Words(List<(int First, int Last)> gaps)
    {
        IEnumerable<string> shown = gaps.Take(ShownGaps).Select(gap => gap.First == gap.Last
            ? gap.First.ToString(CultureInfo.InvariantCulture)
            : FormattableString.Invariant($"{gap.First} to {gap.Last}"));
        string more = gaps.Count > ShownGaps ? FormattableString.Invariant($" and {gaps.Count - ShownGaps} more") : string.Empty;
        int missing = gaps.Sum(gap => gap.Last - gap.First + 1);
        return FormattableString.Invariant($"{string.Join(", ", shown)}{more}: {missing} {(missing == 1 ? "instance" : "instances")}");
    }
}
