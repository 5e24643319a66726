using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using NUnit.Framework;
using RecordHub.Server.DicomWeb;
using RecordHub.Server.Web;

namespace RecordHub.Server.Tests.DicomWeb;

internal sealed class QidoQueryTests
{
    [Test]
    public void What_the_viewer_sends_is_understood()
    {
        QidoQuery query = Read(
            "limit=101&offset=0&fuzzymatching=false&includefield=00081030,00080060,00080090,00100030"
            + "&PatientName=*muster*&00100020=*1*&AccessionNumber=*2*&StudyDescription=*ct*&ModalitiesInStudy=CT"
            + "&StudyDate=20240101-20241231");

        Assert.That(query.Limit, Is.EqualTo(101));
        Assert.That(query.Included, Does.Contain("00080090"));
        Assert.That(query.Matches.Select(match => match.Key), Is.EqualTo(new[]
        {
            "PatientName", "PatientID", "AccessionNumber", "StudyDescription", "ModalitiesInStudy", "StudyDate",
        }));
    }

    [Test]
    public void Several_uids_are_one_list() => Assert.That(
        Read("StudyInstanceUID=1.2&StudyInstanceUID=1.3,1.4").Matches.Single().Value, Is.EqualTo(@"1.2\1.3,1.4"));

    [Test]
    public void What_is_not_supported_is_known() => Assert.That(
        Read("emptyvaluematching=true&multiplevaluematching=false&charset=utf-8").Unsupported,
        Is.EqualTo(new[] { "emptyvaluematching" }));

    [TestCase("StudyDate=2024")]
    [TestCase("StudyDate=2024.05.01-")]
    [TestCase("StudyDate=-20240501&StudyTime=-10:15:00.5")]
    [TestCase("SeriesTime=10-1130")]
    [TestCase("PatientBirthDate=*")]
    public void Dates_and_times_are_ranges(string query) => Assert.That(Read(query).Matches, Is.Not.Empty);


    [Test]
    public void A_limit_over_ours_is_cut() => Assert.That(Read("limit=5000").Limit, Is.EqualTo(1000));

    [TestCase("PatientNam=x")]
    [TestCase("00400275.00400007=x")]
    [TestCase("limit=-1")]
    [TestCase("offset=x")]
    [TestCase("fuzzymatching=maybe")]
    [TestCase("StudyDate=2024-05-01")]
    [TestCase("StudyDate=20240501120000")]
    [TestCase("StudyDate=20240501&StudyDate=20240502")]
    [TestCase("StudyTime=1x")]
    [TestCase("SeriesNumber=1x")]
    [TestCase("StudyInstanceUID=1.2.*")]
    public void What_is_not_understood_is_refused(string query) =>
        Assert.That(Assert.Throws<RefusedException>(() => Read(query))!.Status, Is.EqualTo(400));

    private static QidoQuery Read(string query) =>
        QidoQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(query)), 1000);
}
