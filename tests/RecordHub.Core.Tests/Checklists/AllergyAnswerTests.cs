using System.Text;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Intake;
using RecordHub.Core.Tests.Normalization;
using RecordHub.Core.Tests.Stores;

namespace RecordHub.Core.Tests.Checklists;

/// <summary>Allergies and medications that came in a message or a document answer the checklist as those of FHIR do.</summary>
public sealed class AllergyAnswerTests
{
    private const string Head = """
        MSH|^~\&|ADT|NORTH|RH|RH|20200304050607+0100||ADT^A01|M1|P|2.5
        PID|1||MRN1^^^NORTH&1.2.3&ISO^MR||Alpha^Ann||19700102|F

        """;

    [TestCase("AL1|1|DA|^Penicillin|SV|hives", ChecklistOutcome.Present, "\"text\":\"hives\"")]
    [TestCase("AL1|1|DA|NKDA^No known drug allergies^L", ChecklistOutcome.Present, "No known drug allergies")]
    [TestCase("IAM|1|DA|^Penicillin|SV|hives|A", ChecklistOutcome.Present, "unconfirmed")]
    [TestCase("IAM|1|DA|^Penicillin|SV|hives|D", ChecklistOutcome.Missing, "entered-in-error")]
    [TestCase("DG1|1||C50.9^Breast cancer^I10", ChecklistOutcome.Missing, "")]
    public async Task An_allergy_segment_is_an_allergy(string segment, ChecklistOutcome outcome, string said)
    {
        (ChecklistFinding finding, string json) = await SendAsync(
            ContentKind.Hl7V2, (Head + segment).ReplaceLineEndings("\r"), "allergies", "AllergyIntolerance");

        Assert.That(finding.Outcome, Is.EqualTo(outcome));
        Assert.That(json, Does.Contain(said));
    }

    [TestCase("", """<participant typeCode="CSM"><participantRole><playingEntity><code code="7980" displayName="Penicillin" codeSystem="2.16.840.1.113883.6.88"/></playingEntity></participantRole></participant>""", "Penicillin")]
    [TestCase("negationInd=\"true\"", """<participant typeCode="CSM"><participantRole><playingEntity><code nullFlavor="NA"/></playingEntity></participantRole></participant>""", "716186003")]
    public async Task An_entry_of_an_allergy_section_is_an_answer(string attributes, string participant, string said)
    {
        string value = attributes.Length == 0 ? "<value xsi:type=\"CD\" nullFlavor=\"UNK\"/>"
            : "<value xsi:type=\"CD\" code=\"419199007\" codeSystem=\"2.16.840.1.113883.6.96\"/>";
        (ChecklistFinding finding, string json) = await SendAsync(ContentKind.Cda, Section("48765-2", $"""
            <entry><act classCode="ACT" moodCode="EVN"><code code="CONC" codeSystem="2.16.840.1.113883.5.6"/><entryRelationship>
            <observation classCode="OBS" moodCode="EVN" {attributes}><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/>
            {value}{participant}</observation></entryRelationship></act></entry>
            """), "allergies", "AllergyIntolerance");

        Assert.That(finding.Outcome, Is.EqualTo(ChecklistOutcome.Present));
        Assert.That(json, Does.Contain(said).And.Not.Contain("ASSERTION"));
    }

    [TestCase("<code code=\"410942007\" displayName=\"drug or medication\" codeSystem=\"2.16.840.1.113883.6.96\"/>", ChecklistOutcome.Present)]
    [TestCase("<code code=\"855332\" displayName=\"Warfarin\" codeSystem=\"2.16.840.1.113883.6.88\"/>", ChecklistOutcome.Missing)]
    public async Task That_no_medication_is_taken_is_an_answer_and_that_one_is_not_taken_is_none(string drug, ChecklistOutcome outcome)
    {
        (ChecklistFinding finding, _) = await SendAsync(ContentKind.Cda, Section("10160-0", $"""
            <entry><substanceAdministration classCode="SBADM" moodCode="EVN" negationInd="true"><consumable><manufacturedProduct>
            <manufacturedMaterial>{drug}</manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>
            """), "medications", "MedicationStatement");

        Assert.That(finding.Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public async Task A_number_keeps_the_digits_that_it_came_with()
    {
        (_, string json) = await SendAsync(ContentKind.Hl7V2, (Head.Replace("ADT^A01", "ORU^R01", StringComparison.Ordinal)
            + "OBR|1|P1|F1|2160-0^Creatinine^LN\nOBX|1|NM|2160-0^Creatinine^LN||1.10|mg/dL|||||F").ReplaceLineEndings("\r"),
            "labs", "Observation");

        Assert.That(json, Does.Contain("\"value\":1.10,"));
    }

    private static string Section(string loinc, string entry) => $"""
        <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <id root="2.25.99.7"/><code code="34133-9" codeSystem="2.16.840.1.113883.6.1"/><title>Summary</title>
        <effectiveTime value="20240102"/>
        <recordTarget><patientRole><id root="1.2.3" extension="MRN1"/><patient><name><given>Ann</given><family>Alpha</family></name>
        <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19700102"/></patient></patientRole></recordTarget>
        <component><structuredBody><component><section><code code="{loinc}" codeSystem="2.16.840.1.113883.6.1"/><title>Section</title><text/>
        {entry}</section></component></structuredBody></component></ClinicalDocument>
        """;

    private static async Task<(ChecklistFinding Finding, string Json)> SendAsync(
        ContentKind kind, string text, string item, string type)
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked("Alpha", "Ann", "1970-01-02"));
        await office.SendAsync(kind, Encoding.UTF8.GetBytes(text), file.Number);
        CaseContent content = await office.Reader.ReadAsync(file, default);
        foreach (Core.Resources.ResourceVersion resource in content.Filed.Where(one => one.Type == type))
        {
            Strict.Check(resource.Json.Span, type);
        }

        await office.Publishing.PublishAsync(file.Number, "ann", true, "a test", AccessScope.All, default);
        await using Stream? bundle = await office.Publishing.OpenBundleAsync(file.Number, null, AccessScope.All, default);
        using StreamReader reader = new(bundle!);
        return (
            ChecklistEvaluation.Evaluate(ChecklistSet.BuiltIn.For("oncology"), content).Findings.Single(one => one.Item == item),
            await reader.ReadToEndAsync());
    }
}
