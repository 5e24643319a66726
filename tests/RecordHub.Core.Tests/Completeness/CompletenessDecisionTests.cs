using NUnit.Framework;
using RecordHub.Core.Completeness;
using static RecordHub.Core.Tests.Completeness.Study;

namespace RecordHub.Core.Tests.Completeness;

public sealed class CompletenessDecisionTests
{
    private static readonly SenderList s_whole = new() { Carrier = "a list", IsWhole = true };

    [Test]
    public void Nothing_said_is_unknown_and_that_is_said()
    {
        StudyEvidence study = Of(Series(1, 1, 2, 3));

        Assert.That(study.State(), Is.EqualTo(CompletenessState.Unknown));
        Assert.That(study.Words(), Does.Contain("nothing that was sent says"));
    }

    [Test]
    public void A_series_count_names_the_series_and_how_many_are_here()
    {
        Assert.That(Of(Series(4, Enumerable.Range(1, 9)).Stating(10)).State(), Is.EqualTo(CompletenessState.Partial));
        Assert.That(
            Of(Series(4, Enumerable.Range(1, 9)).Stating(10)).Words(),
            Is.EqualTo("Header counts: series 4 has 9 of the 10 instances that its headers state (0020,1209)."));
        Assert.That(Of(Series(4, Enumerable.Range(1, 10)).Stating(10)).State(), Is.EqualTo(CompletenessState.Complete));
    }

    [Test]
    public void One_series_without_a_count_leaves_the_study_unknown() =>
        Assert.That(Of(Series(1, 1, 2).Stating(2), Series(2, 1, 2)).State(), Is.EqualTo(CompletenessState.Unknown));

    [TestCase(4, CompletenessState.Complete)]
    [TestCase(5, CompletenessState.Partial)]
    public void A_study_count_is_of_all_series(int count, CompletenessState expected) =>
        Assert.That(Of(Series(1, 1, 2).StatingStudy(count), Series(2, 1, 2)).State(), Is.EqualTo(expected));

    [Test]
    public void A_count_of_series_misses_series_but_vouches_for_no_instance()
    {
        InstanceEvidence[] one = [.. Series(1, 1, 2).Select(instance => instance with { StudySeries = 2 })];

        Assert.That(Of(one).State(), Is.EqualTo(CompletenessState.Partial));
        Assert.That(Of(one).Words(), Does.Contain("1 of the 2 series"));
        Assert.That(Of(one, Series(2, 1)).State(), Is.EqualTo(CompletenessState.Unknown));
    }

    [Test]
    public void Counts_that_disagree_are_believed_only_where_all_of_them_say_the_same()
    {
        Assert.That(
            Of(Series(1, 1, 2).Stating(2), Series(1, 3).Stating(5)).State(), Is.EqualTo(CompletenessState.Unknown));
        Assert.That(
            Of(Series(1, 1, 2).Stating(4), Series(1, 3).Stating(5)).Words(), Does.Contain("3 of the at least 4"));
        Assert.That(Of(Series(1, 1, 2, 3).Stating(0)).State(), Is.EqualTo(CompletenessState.Unknown));
    }

    [TestCase(12, 1, CompletenessState.Partial)]
    [TestCase(7, 1, CompletenessState.Unknown)]
    [TestCase(3, 1, CompletenessState.Unknown)]
    [TestCase(14, 2, CompletenessState.Unknown)]
    public void Images_in_an_acquisition_are_missed_but_never_vouch(int stated, int frames, CompletenessState expected) =>
        Assert.That(
            Of([.. Series(6, Enumerable.Range(1, 7)).Select(one => one with
            {
                Acquisition = 6, AcquisitionImages = stated, Frames = frames,
            })]).State(),
            Is.EqualTo(expected));

    [Test]
    public void An_acquisition_that_is_spread_over_series_is_counted_together() => Assert.That(
        Of(
            [.. Series(1, 1, 2).Concat(Series(2, 1, 2)).Select(one => one with { Acquisition = 1, AcquisitionImages = 4 })])
            .State(),
        Is.EqualTo(CompletenessState.Unknown));

    [Test]
    public void A_list_that_names_instances_misses_those_that_are_not_here()
    {
        InstanceEvidence[] series = Series(2, 1, 2);
        SenderList list = s_whole with { Named = [.. series.Select(one => (one.Series, one.Sop)), ("2.25.2", "2.25.99")] };

        Assert.That(Of(series).With(list).State(), Is.EqualTo(CompletenessState.Partial));
        Assert.That(
            Of(series).With(list).Words(),
            Does.Contain("Sender's list: of the 3 instances that a list names in series 2, 1 is not here."));
        Assert.That(
            Of(series).With(list with { Named = [.. list.Named.Take(2)] }).State(), Is.EqualTo(CompletenessState.Complete));
        Assert.That(
            Of(series).With(list with { Named = [.. list.Named.Take(2)], IsWhole = false }).State(),
            Is.EqualTo(CompletenessState.Unknown));
    }

    [TestCase(2, 2, CompletenessState.Complete)]
    [TestCase(3, 2, CompletenessState.Partial)]
    [TestCase(2, 3, CompletenessState.Partial)]
    public void A_list_that_counts_is_compared_in_all_and_by_series(int all, int inSeries, CompletenessState expected) =>
        Assert.That(
            Of(Series(1, 1, 2)).With(s_whole with { Instances = all, SeriesCounts = [("2.25.1", inSeries)] }).State(),
            Is.EqualTo(expected));

    [Test]
    public void A_series_that_is_only_listed_is_missing() => Assert.That(
        Of(Series(1, 1, 2)).With(s_whole with { SeriesCounts = [("2.25.1", 2), ("2.25.777777777", 8)] }).Words(),
        Does.Contain("the series whose UID ends in 77777777 has 0 of the 8 instances"));

    [Test]
    public void A_study_that_is_only_told_of_is_partial() =>
        Assert.That(Of().With(s_whole).State(), Is.EqualTo(CompletenessState.Partial));

    [Test]
    public void A_count_that_is_met_overrules_gaps_in_the_numbers()
    {
        int[] numbers = [1, 2, 3, 4, 5, 7, 8];

        Assert.That(Of(Series(1, numbers)).State(), Is.EqualTo(CompletenessState.Partial));
        Assert.That(Of(Series(1, numbers).Stating(7)).State(), Is.EqualTo(CompletenessState.Complete));
        Assert.That(Of(Series(1, numbers).Stating(7), Series(2, 1)).State(), Is.EqualTo(CompletenessState.Unknown));
    }

    [Test]
    public void An_open_association_means_arriving_whatever_else_is_known()
    {
        Arrival open = new() { OpenAssociations = 1, Quiet = TimeSpan.FromHours(1) };

        Assert.That(Of(Series(1, 1, 2).Stating(2)).With(open).State(), Is.EqualTo(CompletenessState.Arriving));
        Assert.That(Of(Series(1, 1).Stating(2)).With(open).State(), Is.EqualTo(CompletenessState.Arriving));
        Assert.That(Of(Series(1, 1)).With(open).Words(), Does.Contain("Open association: 1"));
    }

    [TestCase(10, 2, CompletenessState.Complete)]
    [TestCase(10, 3, CompletenessState.Arriving)]
    [TestCase(121, 3, CompletenessState.Partial)]
    public void Quiet_time_decides_only_what_is_not_counted_as_complete(int seconds, int stated, CompletenessState expected) =>
        Assert.That(
            Of(Series(1, 1, 2).Stating(stated)).With(new Arrival { Quiet = TimeSpan.FromSeconds(seconds) }).State(),
            Is.EqualTo(expected));

    [TestCase(10, CompletenessState.Arriving)]
    [TestCase(86_400, CompletenessState.Unknown)]
    public void No_quiet_time_makes_a_study_complete(int seconds, CompletenessState expected) => Assert.That(
        Of(Series(1, 1, 2)).With(new Arrival { Quiet = TimeSpan.FromSeconds(seconds) }).State(), Is.EqualTo(expected));

    [TestCase(2, 0, true, CompletenessState.Complete)]
    [TestCase(2, 1, true, CompletenessState.Partial)]
    [TestCase(2, 1, false, CompletenessState.Unknown)]
    [TestCase(1, 0, true, CompletenessState.Unknown)]
    public void An_order_for_commitment_counts_where_it_is_of_the_whole_study(
        int named, int missing, bool onlyThisStudy, CompletenessState expected) => Assert.That(
        Of(Series(1, 1, 2)).With(new Arrival { Orders = [new OrderEvidence(named, missing, onlyThisStudy)] }).State(),
        Is.EqualTo(expected));
}
