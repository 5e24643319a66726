using NUnit.Framework;
using RecordHub.Core.Completeness;
using static RecordHub.Core.Tests.Completeness.Study;

namespace RecordHub.Core.Tests.Completeness;

public sealed class InstanceNumbersTests
{
    [TestCase("1 2 3 4 5 6 8 9", "7: 1 instance")]
    [TestCase("0 1 2 4 5 6", "3: 1 instance")]
    [TestCase("501 502 503 506 507 508 509", "504 to 505: 2 instances")]
    [TestCase("1 1 2 2 3 3 5 5 6 6 7 7", "4: 1 instance")]
    public void A_number_left_out_of_consecutive_ones_is_a_gap(string numbers, string gap) =>
        Assert.That(Of(Series(3, Numbers(numbers))).Words(), Is.EqualTo($"Instance numbers: series 3 leaves out {gap}."));

    [TestCase("1 2 3", Description = "a localizer")]
    [TestCase("1 6 11", Description = "a localizer of three planes")]
    [TestCase("1 3", Description = "two images")]
    [TestCase("2 4 6 8 10 12", Description = "every second number")]
    [TestCase("7 8 9 10 11", Description = "numbering that begins anywhere")]
    [TestCase("1 2 3 101 102 103", Description = "numbering by hundreds")]
    [TestCase("1 1 2 2 3 3", Description = "echoes that share numbers")]
    [TestCase("1 18 180 181 182", Description = "some images of a long series")]
    public void What_is_no_gap_is_none(string numbers) =>
        Assert.That(Of(Series(3, Numbers(numbers))).State(), Is.EqualTo(CompletenessState.Unknown));

    [Test]
    public void Between_acquisitions_numbers_may_be_left_out()
    {
        InstanceEvidence[] two =
        [
            .. Series(1, Enumerable.Range(1, 20)).Select(one => one with { Acquisition = 1 }),
            .. Series(1, Enumerable.Range(31, 20)).Select(one => one with { Acquisition = 2 }),
        ];

        Assert.That(Of(two).State(), Is.EqualTo(CompletenessState.Unknown));
        Assert.That(Of([.. two.Where(one => one.Number != 5)]).Words(), Does.Contain("leaves out 5:"));
    }

    [Test]
    public void Only_numbered_slices_are_judged()
    {
        InstanceEvidence[] series = Series(1, 1, 2, 3, 5, 6, 7);

        Assert.That(Of(series).State(), Is.EqualTo(CompletenessState.Partial));
        foreach (Func<InstanceEvidence, InstanceEvidence> change in new Func<InstanceEvidence, InstanceEvidence>[]
        {
            one => one with { IsSlice = false }, one => one with { Number = null }, one => one with { Frames = 30 },
        })
        {
            Assert.That(Of([change(series[0]), .. series.Skip(1)]).State(), Is.EqualTo(CompletenessState.Unknown));
        }
    }

    [Test]
    public void The_largest_and_smallest_numbers_there_are_do_no_harm() => Assert.That(
        Of(Series(1, int.MinValue, -1, 0, 1, 2, 3, int.MaxValue)).State(), Is.EqualTo(CompletenessState.Unknown));

    private static IEnumerable<int> Numbers(string text) =>
        text.Split(' ').Select(one => int.Parse(one, System.Globalization.CultureInfo.InvariantCulture));
}
