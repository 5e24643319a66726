using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pulling;

namespace RecordHub.Server.Tests.Pulling;

public sealed class PullQueriesTests
{
    private static readonly PullRequest s_request = new()
    {
        Site = new SiteOptions { Name = "North" },
        PatientIds = ["P*1", "P2"],
        Studies = ["1.2.3", "1.2.4"],
        Accessions = ["A-17"],
        BirthDate = "19610203",
    };

    [Test]
    public void Each_patient_identifier_is_asked_for_by_itself_studies_together_and_accession_numbers_with_the_birth_date() =>
        Assert.That(
            PullQueries.Of(s_request).Select(keys => (
                keys.GetString(DicomTags.PatientID), string.Join('\\', keys.GetStrings(DicomTags.StudyInstanceUID)),
                keys.GetString(DicomTags.AccessionNumber), keys.GetString(DicomTags.PatientBirthDate))),
            Is.EqualTo(new (string?, string, string?, string?)[]
            {
                ("P*1", "", null, null), ("P2", "", null, null), (null, @"1.2.3\1.2.4", null, null), (null, "", "A-17", "19610203"),
            }));

    [Test]
    public void Without_a_birth_date_accession_numbers_are_not_asked_for() =>
        Assert.That(PullQueries.Of(s_request with { BirthDate = null }).Count(), Is.EqualTo(3));

    [TestCase("P*1", true)]
    [TestCase("P91", false)]
    [TestCase(null, false)]
    public void A_patient_identifier_that_the_site_took_for_a_wildcard_brings_nobody_elses_study(string? patient, bool meant) =>
        Assert.That(PullQueries.Read(PullQueries.Of(s_request).First(), Answer("1.9", patient)) is not null, Is.EqualTo(meant));

    [TestCase("1.2.4", true)]
    [TestCase("1.2.5", false)]
    public void A_study_that_was_not_asked_for_is_passed_over(string study, bool meant) =>
        Assert.That(PullQueries.Read(PullQueries.Of(s_request).ElementAt(2), Answer(study, "P")) is not null, Is.EqualTo(meant));

    [TestCase("19610203", true)]
    [TestCase("19500101", false)]
    [TestCase(null, false)]
    public void An_accession_number_is_no_proof_without_the_birth_date(string? born, bool meant)
    {
        DicomDataSet answer = Answer("1.9", "P").Add(DicomTags.AccessionNumber, "A-17");
        Assert.That(
            PullQueries.Read(
                PullQueries.Of(s_request).Last(), born is null ? answer : answer.Add(DicomTags.PatientBirthDate, born)) is not null,
            Is.EqualTo(meant));
    }

    private static DicomDataSet Answer(string study, string? patient)
    {
        DicomDataSet answer = new DicomDataSet().Add(DicomTags.StudyInstanceUID, study);
        return patient is null ? answer : answer.Add(DicomTags.PatientID, patient);
    }
}
