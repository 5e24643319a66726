using System.Text;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Completeness;
using RecordHub.Core.Intake;
using RecordHub.Core.Tests.Stores;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Tests.Completeness;

/// <summary>Evidence as it comes in: in headers, in key objects, in resources.</summary>
public sealed class CaseEvidenceTests
{
    private static readonly DicomTag s_evidence = new(0x0040, 0xA375);

    private readonly Office _office = new();
    private CaseFile _case = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _case = await _office.OpenAsync(Office.Asked());
        await SendAsync(Image("2.25.1", 1).Add(DicomTags.NumberOfStudyRelatedInstances, "3"));
        await SendAsync(Image("2.25.1", 2).Add(DicomTags.NumberOfStudyRelatedInstances, "3"));
        await SendAsync(Image("2.25.2", 1));
        await SendAsync(KeyObjects("2.25.2", "113030", "2.25.2.1.1", "2.25.2.1.2"));
        await SendAsync(Image("2.25.3", 1));
        await SendAsync(KeyObjects("2.25.3", "113001", "2.25.3.1.1", "2.25.3.1.2"));
        await SendAsync(Image("2.25.4", 1));
        await SendAsync(ImagingStudy("2.25.4", 5));
        await SendAsync(ImagingStudy("2.25.5", 7));
        _office.Time.Advance(TimeSpan.FromHours(1));
    }

    [TestCase("2.25.1", CompletenessState.Partial, "Header counts: the study has 2 of the 3 instances")]
    [TestCase("2.25.2", CompletenessState.Partial, "of the 2 instances that a key object selection names in series 1, 1 is not here")]
    [TestCase("2.25.3", CompletenessState.Unknown, "Quiet time", Description = "the key object takes an image back")]
    [TestCase("2.25.4", CompletenessState.Partial, "the study has 1 of the 5 instances that an ImagingStudy record counts")]
    [TestCase("2.25.5", CompletenessState.Partial, "an ImagingStudy record tells of this study, and nothing of it is here")]
    public async Task Each_kind_of_evidence_is_read_from_what_was_sent(string study, CompletenessState state, string words)
    {
        CaseMissing? missing = await _office.Cases.MissingAsync(_case.Number, AccessScope.All, CancellationToken.None);

        StudyCompleteness found = missing!.Studies.Single(one => one.StudyInstanceUid == study);
        string sentences = string.Join(' ', found.Verdict.Reasons.Select(one => one.Sentence));
        Assert.That((found.Verdict.State, sentences), Is.EqualTo((state, sentences)));
        Assert.That(sentences, Does.Contain(words).And.Not.Contain("Musterfall"));
    }

    [Test]
    public async Task Index_imaging_that_is_partial_is_not_simply_present_and_the_letter_asks_for_the_rest()
    {
        CaseMissing? missing = await _office.Cases.MissingAsync(_case.Number, AccessScope.All, CancellationToken.None);
        string? letter = await _office.Cases.LetterAsync(_case.Number, AccessScope.All, CancellationToken.None);

        ChecklistFinding[] partial = [.. missing!.Checklist.Findings.Where(one => one.Item == "partial-study")];
        Assert.That(partial.Select(one => one.Outcome), Has.Exactly(4).EqualTo(ChecklistOutcome.Partial));
        Assert.That(
            missing.Checklist.Findings.Where(one => one.Outcome == ChecklistOutcome.Present && one.Detail.Contains("Not all")),
            Is.Not.Empty);
        Assert.That(letter, Does.Contain("2 of the 3 instances"));
    }

    private static DicomDataSet Image(string study, int number) => Of(study, "1.2.840.10008.5.1.4.1.1.2", $"{study}.1.{number}")
        .Add(DicomTags.Modality, "CT")
        .Add(DicomTags.SeriesInstanceUID, $"{study}.1")
        .Add(DicomTags.SeriesNumber, "1")
        .Add(DicomTags.InstanceNumber, $"{number}")
        .Add(DicomTags.PixelData, DicomVr.OW, new byte[10]);

    private static DicomDataSet KeyObjects(string study, string title, params string[] named) =>
        Of(study, "1.2.840.10008.5.1.4.1.1.88.59", $"{study}.9.1")
            .Add(DicomTags.Modality, "KO")
            .Add(DicomTags.SeriesInstanceUID, $"{study}.9")
            .Add(DicomTags.ConceptNameCodeSequence, new DicomDataSet()
                .Add(DicomTags.CodeValue, title).Add(DicomTags.CodingSchemeDesignator, "DCM").Add(DicomTags.CodeMeaning, "x"))
            .Add(s_evidence, new DicomDataSet()
                .Add(DicomTags.StudyInstanceUID, study)
                .Add(DicomTags.ReferencedSeriesSequence, new DicomDataSet()
                    .Add(DicomTags.SeriesInstanceUID, $"{study}.1")
                    .Add(DicomTags.ReferencedSOPSequence, [.. named.Select(one => new DicomDataSet()
                        .Add(DicomTags.ReferencedSOPInstanceUID, one))])));

    private static DicomDataSet Of(string study, string sopClass, string instance) => new DicomDataSet()
        .Add(DicomTags.SOPClassUID, sopClass)
        .Add(DicomTags.SOPInstanceUID, instance)
        .Add(DicomTags.StudyInstanceUID, study)
        .Add(DicomTags.PatientName, "Musterfall^Synthia")
        .Add(DicomTags.PatientBirthDate, "19610409");

    private static string ImagingStudy(string study, int instances) =>
        $$"""
        {"resourceType":"Bundle","type":"collection","entry":[
         {"fullUrl":"urn:uuid:11111111-0000-4000-8000-000000000001","resource":{"resourceType":"Patient",
          "name":[{"family":"Musterfall","given":["Synthia"]}],"birthDate":"1961-04-09","gender":"female"} },
         {"fullUrl":"urn:uuid:11111111-0000-4000-8000-000000000002","resource":{"resourceType":"ImagingStudy","status":"available",
          "identifier":[{"system":"urn:dicom:uid","value":"urn:oid:{{study}}"}],
          "subject":{"reference":"urn:uuid:11111111-0000-4000-8000-000000000001"},"numberOfInstances":{{instances}} } }]}
        """;

    private async Task SendAsync(DicomDataSet dataSet) =>
        await _office.SendAsync(ContentKind.DicomInstance, DicomFileWriter.ToBytes(dataSet), _case.Number);

    private async Task SendAsync(string json) =>
        await _office.SendAsync(ContentKind.FhirJson, Encoding.UTF8.GetBytes(json), _case.Number);
}
