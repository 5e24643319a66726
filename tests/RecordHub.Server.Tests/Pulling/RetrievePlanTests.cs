using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;
using RecordHub.Server.Pulling;

namespace RecordHub.Server.Tests.Pulling;

internal sealed class RetrievePlanTests
{
    private static readonly ListedInstance[] s_listed =
    [
        One("1.1", "1.1.1", 11), One("1.1", "1.1.1", 12), One("1.1", "1.1.2", 13), One("1.2", "1.2.1", 21),
    ];

    [Test]
    public void What_is_missing_as_a_whole_is_asked_for_as_a_whole() => Assert.That(
        Levels(s_listed, byName: false), Is.EqualTo(["STUDY 1.1", "STUDY 1.2"]));

    [Test]
    public void Of_a_study_that_is_here_in_part_the_missing_series_and_instances_are_asked_for() => Assert.That(
        Levels([s_listed[1], s_listed[2]], byName: false), Is.EqualTo(["IMAGE 2.25.12", "SERIES 1.1.2"]));

    [Test]
    public void After_an_attempt_every_instance_is_named() => Assert.That(
        Levels(s_listed, byName: true), Is.EqualTo([@"IMAGE 2.25.11\2.25.12", "IMAGE 2.25.13", "IMAGE 2.25.21"]));

    [Test]
    public void A_request_names_no_more_instances_than_an_element_has_room_for()
    {
        ListedInstance[] many = [.. Enumerable.Range(1, 450).Select(i => One("1.1", "1.1.1", i))];

        Assert.That(RetrievePlan.For(many, many, byName: true)
            .Select(identifier => identifier.GetStrings(DicomTags.SOPInstanceUID).Count), Is.EqualTo([200, 200, 50]));
    }

    [Test]
    public void A_move_that_says_what_failed_has_moved_the_rest()
    {
        DicomDataSet study = RetrievePlan.For(s_listed, [.. s_listed[..3]], byName: false).Single();
        Assert.Multiple(() =>
        {
            Assert.That(
                MoveAnswer.Sent(s_listed, study, new QueryResult(0xB000, null, new(0, 2, 1, 0), [s_listed[1].Instance])),
                Is.EqualTo([s_listed[0].Instance, s_listed[2].Instance]));
            Assert.That(MoveAnswer.Sent(s_listed, study, new QueryResult(0xB000, null, new(0, 2, 1, 0), [])), Is.Empty,
                "it does not say which");
            Assert.That(MoveAnswer.Sent(s_listed, study, new QueryResult(0xA702, null, new(0, 0, 3, 0), [])), Is.Empty);
            Assert.That(MoveAnswer.Sent(s_listed, study, new QueryResult(0, null, new(0, 3, 0, 0), [])).Count(), Is.EqualTo(3));
        });
    }

    private static IEnumerable<string> Levels(ListedInstance[] missing, bool byName) =>
        RetrievePlan.For(s_listed, missing, byName).Select(identifier =>
            identifier.GetString(DicomTags.QueryRetrieveLevel) switch
            {
                "STUDY" => "STUDY " + identifier.GetString(DicomTags.StudyInstanceUID),
                "SERIES" => "SERIES " + identifier.GetString(DicomTags.SeriesInstanceUID),
                _ => "IMAGE " + string.Join('\\', identifier.GetStrings(DicomTags.SOPInstanceUID)),
            });

    private static ListedInstance One(string study, string series, int instance) =>
        new("SYN", study, series, Uid.Parse($"2.25.{instance}"), Uid.Parse("1.2.840.10008.5.1.4.1.1.7"));
}
