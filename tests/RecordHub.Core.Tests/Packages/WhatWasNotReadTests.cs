using System.Text;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Tests.Stores;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Tests.Packages;

/// <summary>Section 22 says that everything could be read only where everything was.</summary>
public sealed class WhatWasNotReadTests
{
    private const string Patient = """
        {"resourceType":"Patient","id":"p","identifier":[{"system":"urn:x","value":"1"}],"name":[{"family":"Alpha","given":["Ann"]}],"gender":"female","birthDate":"1970-01-02"}
        """;

    private const string Cda = """
        <ClinicalDocument xmlns="urn:hl7-org:v3"><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
        <id root="2.25.99.7"/><code code="57133-1" codeSystem="2.16.840.1.113883.6.1"/><title>Referral</title>
        <effectiveTime value="20240102030405+0100"/>
        <recordTarget><patientRole><id root="1.2.3" extension="1"/><patient><name><given>Ann</given><family>Alpha</family></name>
        <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19700102"/></patient></patientRole></recordTarget>
        <component><nonXMLBody>BODY</nonXMLBody></component></ClinicalDocument>
        """;

    [Test]
    public async Task Where_all_was_read_it_says_so()
    {
        (Office office, CaseFile file) = await OpenAsync();
        await SendAsync(office, file, ContentKind.FhirNdjson, Patient);

        JsonElement unread = await UnreadAsync(office, file);

        Assert.That(unread.GetProperty("emptyReason").GetRawText(), Does.Contain("nilknown"));
    }

    [Test]
    public async Task A_line_that_is_no_resource_is_said()
    {
        (Office office, CaseFile file) = await OpenAsync();
        await SendAsync(office, file, ContentKind.FhirNdjson, Patient.Trim() + "\n{\"resourceType\":\"Observation\",\"id\":\"cut");

        await AssertSaidAsync(office, file, "line 2 is not a FHIR resource");
        Assert.That((await FindingsAsync(office, file)).Single(one => one.Item == "partly-read").Detail, Does.Contain("line 2"));
    }

    [TestCase("\"url\":\"http://ehr.example/files/nope.pdf?token=secret\"", "only its address came: http://ehr.example/files/nope.pdf.")]
    [TestCase("\"data\":\"no base64!\"", "its file is not valid base64")]
    [TestCase("\"title\":\"letter.pdf\"", "without bytes or address")]
    public async Task A_letter_without_its_file_is_no_letter(string attachment, string why)
    {
        (Office office, CaseFile file) = await OpenAsync();
        await SendAsync(office, file, ContentKind.FhirNdjson, Patient.Trim() + "\n" + $$$"""
            {"resourceType":"DocumentReference","status":"current","type":{"coding":[{"system":"http://loinc.org","code":"57133-1"}]},"subject":{"reference":"Patient/p"},"content":[{"attachment":{"contentType":"application/pdf",{{{attachment}}}}}]}
            """.Trim());

        await AssertSaidAsync(office, file, why);
        await AssertNoLetterAsync(office, file);
        Assert.That((await FindingsAsync(office, file)).Single(one => one.Item == "lost-file").Detail, Does.Contain(why));
        Assert.That((await UnreadAsync(office, file)).GetRawText(), Does.Not.Contain("secret"));
    }

    [Test]
    public async Task A_Binary_that_is_no_base64_is_said()
    {
        (Office office, CaseFile file) = await OpenAsync();
        await SendAsync(office, file, ContentKind.FhirNdjson, Patient.Trim()
            + "\n{\"resourceType\":\"Binary\",\"id\":\"b\",\"contentType\":\"application/pdf\",\"data\":\"no base64!\"}"
            + "\n{\"resourceType\":\"DocumentReference\",\"status\":\"current\",\"subject\":{\"reference\":\"Patient/p\"},"
            + "\"content\":[{\"attachment\":{\"url\":\"Binary/b\"}}]}");

        await AssertSaidAsync(office, file, "not base64");
    }

    [TestCase("""<text mediaType="application/pdf"><reference value="letter.pdf"/></text>""", "a file that is not in the document")]
    [TestCase("""<text mediaType="application/pdf" representation="B64">!!!</text>""", "not valid base64")]
    [TestCase("""<text mediaType="application/pdf" representation="B64">bm8gcGRm</text>""", "could not be read")]
    [TestCase("""<text mediaType="application/pdf"/>""", "the body is empty")]
    public async Task A_CDA_document_without_its_body_is_no_letter(string body, string why)
    {
        (Office office, CaseFile file) = await OpenAsync();
        await SendAsync(office, file, ContentKind.Cda, Cda.Replace("BODY", body, StringComparison.Ordinal));

        await AssertSaidAsync(office, file, why);
        await AssertNoLetterAsync(office, file);
    }

    [TestCase("", "could not be taken out")]
    [TestCase("%PDF-1.4 broken", "the encapsulated document cannot be read")]
    [TestCase("nothing of the kind", "the encapsulated document cannot be read")]
    public async Task An_encapsulated_PDF_that_is_none_is_said(string pdf, string why)
    {
        (Office office, CaseFile file) = await OpenAsync();
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.SOPClassUID, "1.2.840.10008.5.1.4.1.1.104.1")
            .Add(DicomTags.SOPInstanceUID, "1.2.3.4.5").Add(DicomTags.StudyInstanceUID, "1.2.3").Add(DicomTags.SeriesInstanceUID, "1.2.3.4")
            .Add(DicomTags.Modality, "DOC").Add(DicomTags.PatientID, "1").Add(DicomTags.PatientName, "Alpha^Ann")
            .Add(DicomTags.PatientBirthDate, "19700102").Add(DicomTags.PatientSex, "F")
            .Add(new DicomTag(0x0040, 0xA043), new DicomDataSet().Add(DicomTags.CodeValue, "57133-1")
                .Add(DicomTags.CodingSchemeDesignator, "LN").Add(DicomTags.CodeMeaning, "Referral note"))
            .Add(new DicomTag(0x0042, 0x0011), DicomVr.OB, Encoding.ASCII.GetBytes(pdf))
            .AddText(new DicomTag(0x0042, 0x0012), DicomVr.LO, "application/pdf");
        await office.SendAsync(ContentKind.DicomInstance, DicomFileWriter.ToBytes(dataSet), file.Number, issuer: "urn:x");

        await AssertSaidAsync(office, file, why);
        Assert.That((await FindingsAsync(office, file)).Single(one => one.Item == "referring-note").Outcome, Is.EqualTo(ChecklistOutcome.Missing));
    }

    private static async Task<(Office Office, CaseFile File)> OpenAsync()
    {
        Office office = new();
        return (office, await office.OpenAsync(Office.Asked(
            "Alpha", "Ann", "1970-01-02", "female", new PatientIdentifier("urn:x", "1"), new PatientIdentifier("urn:oid:1.2.3", "1"))));
    }

    private static async Task SendAsync(Office office, CaseFile file, ContentKind kind, string text) =>
        await office.SendAsync(kind, Encoding.UTF8.GetBytes(text), file.Number);

    private static async Task AssertSaidAsync(Office office, CaseFile file, string why)
    {
        JsonElement unread = await UnreadAsync(office, file);
        Assert.That(unread.TryGetProperty("emptyReason", out _), Is.False);
        Assert.That(unread.GetProperty("text").GetProperty("div").GetString(), Does.Contain(why));
    }

    private static async Task AssertNoLetterAsync(Office office, CaseFile file)
    {
        ChecklistFinding letter = (await FindingsAsync(office, file)).Single(one => one.Item == "referring-note");
        Assert.That(letter.Outcome, Is.EqualTo(ChecklistOutcome.Missing));
        Assert.That(letter.Detail, Does.Contain("came, without its file"));
    }

    private static async Task<IReadOnlyList<ChecklistFinding>> FindingsAsync(Office office, CaseFile file) =>
        ChecklistEvaluation.Evaluate(ChecklistSet.BuiltIn.For("oncology"), await office.Reader.ReadAsync(file, default)).Findings;

    private static async Task<JsonElement> UnreadAsync(Office office, CaseFile file)
    {
        PublishOutcome outcome = await office.Publishing.PublishAsync(file.Number, "ann", true, "a test", AccessScope.All, default);
        Assert.That(outcome, Is.InstanceOf<PublishOutcome.Published>());
        await using Stream? bundle = await office.Publishing.OpenBundleAsync(file.Number, null, AccessScope.All, default);
        using JsonDocument document = await JsonDocument.ParseAsync(bundle!);
        return document.RootElement.GetProperty("entry")[0].GetProperty("resource").GetProperty("section").EnumerateArray()
            .Single(section => section.GetProperty("title").GetString()!.StartsWith("22 ", StringComparison.Ordinal)).Clone();
    }
}
