using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>What a key of a search may ask for (PS3.4 §C.2.2.2): what can match nothing is told, and not answered as nothing found.</summary>
internal sealed class MatchingValueTests
{
    [TestCase("StudyDate", "2024")]
    [TestCase("StudyDate", "20240101 ")]
    [TestCase("StudyDate", "2024.01.01-")]
    [TestCase("StudyDate", "-20240101")]
    [TestCase("StudyDate", "*")]
    [TestCase("StudyTime", "10:15:00.5-11")]
    [TestCase("SeriesNumber", " 7 ")]
    [TestCase("SeriesNumber", "**")]
    [TestCase("StudyInstanceUID", @"1.2\1.3")]
    [TestCase("StudyInstanceUID", "*")]
    [TestCase("PatientName", "M?ster^*")]
    public void What_can_be_matched_is(string keyword, string value) => Assert.That(MatchingValue.WhyNot(keyword, value), Is.Null);

    [TestCase("StudyDate", "abc")]
    [TestCase("StudyDate", "2024-05-01")]
    [TestCase("StudyDate", "2024*")]
    [TestCase("StudyDate", @"20240501\20240502")]
    [TestCase("PerformedProcedureStepStartTime", "1x")]
    [TestCase("SeriesNumber", "7a")]
    [TestCase("InstanceNumber", @"1\2")]
    [TestCase("StudyInstanceUID", "1.2.*")]
    public void What_can_match_nothing_is_A900_with_the_key(string keyword, string value)
    {
        Assert.That(DicomDictionary.TryGetTag(keyword, out DicomTag tag), Is.True);
        InstanceException refused = Assert.Throws<InstanceException>(
            () => QueryKeys.Matches(new DicomDataSet().Add(tag, value.Split('\\'))))!;
        StoreResponse response = refused.ToResponse();

        Assert.That(response.Status, Is.EqualTo(DimseStatus.DataSetDoesNotMatchSopClass));
        Assert.That(response.Comment, Does.Contain(keyword).And.Length.LessThanOrEqualTo(64));
        Assert.That(response.Comment, Does.Not.Contain(value), "a value may name a person");
    }
}
