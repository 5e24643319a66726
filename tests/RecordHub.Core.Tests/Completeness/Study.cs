using RecordHub.Core.Completeness;

namespace RecordHub.Core.Tests.Completeness;

/// <summary>Evidence of studies that do not exist.</summary>
internal static class Study
{
    internal static StudyEvidence Of(params IEnumerable<InstanceEvidence>[] series) =>
        new() { Instances = [.. series.SelectMany(one => one)] };

    internal static InstanceEvidence[] Series(int number, params IEnumerable<int> numbers) =>
        [.. numbers.Select((one, place) => new InstanceEvidence
        {
            Series = $"2.25.{number}",
            Sop = $"2.25.{number}.{one}.{place}",
            SeriesNumber = number,
            IsSlice = true,
            Number = one,
        })];

    internal static InstanceEvidence[] Stating(this InstanceEvidence[] series, int count) =>
        [.. series.Select(one => one with { SeriesInstances = count })];

    internal static InstanceEvidence[] StatingStudy(this InstanceEvidence[] series, int count) =>
        [.. series.Select(one => one with { StudyInstances = count })];

    internal static StudyEvidence With(this StudyEvidence study, SenderList list) => study with { Lists = [list] };

    internal static StudyEvidence With(this StudyEvidence study, Arrival arrival) => study with { Arrival = arrival };

    internal static CompletenessState State(this StudyEvidence study) => CompletenessDecision.Decide(study).State;

    internal static string Words(this StudyEvidence study) =>
        string.Join("\n", CompletenessDecision.Decide(study).Reasons.Select(one => one.Sentence));
}
