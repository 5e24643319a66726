using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Tests.Stores;

namespace RecordHub.Core.Tests.Checklists;

/// <summary>R4 conformance-rules.html#isModifier: what a status takes back is not there, and is said to be taken back.</summary>
public sealed class WhatCountsTests
{
    private const string Ver = "\"verificationStatus\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/";

    [TestCase("consent", """{"resourceType":"Consent","status":"rejected",PATIENT}""", "rejected")]
    [TestCase("consent", """{"resourceType":"Consent","status":"entered-in-error",PATIENT}""", "entered in error")]
    [TestCase("consent", """{"resourceType":"Consent","status":"inactive",PATIENT}""", "inactive")]
    [TestCase("consent", """{"resourceType":"Consent","status":"proposed",PATIENT}""", "not given yet")]
    [TestCase("consent", """{"resourceType":"Consent","status":"active","provision":{"type":"deny"},PATIENT}""", "refuses")]
    [TestCase("pathology", """{"resourceType":"DiagnosticReport","status":"entered-in-error",CODE 11526-1"}]},SUBJECT}""", "entered in error")]
    [TestCase("pathology", """{"resourceType":"DiagnosticReport","status":"cancelled",CODE 11526-1"}]},SUBJECT}""", "cancelled")]
    [TestCase("pathology", """{"resourceType":"DocumentReference","status":"current","docStatus":"entered-in-error",TYPE 11526-1"}]},SUBJECT}""", "entered in error")]
    [TestCase("referring-note", """{"resourceType":"DocumentReference","status":"entered-in-error",TYPE 57133-1"}]},SUBJECT}""", "entered in error")]
    [TestCase("referring-note", """{"resourceType":"CarePlan","status":"revoked","intent":"plan",SUBJECT}""", "revoked")]
    [TestCase("referring-note", """{"resourceType":"CarePlan","status":"entered-in-error","intent":"plan",SUBJECT}""", "entered in error")]
    [TestCase("operative-notes", """{"resourceType":"Procedure","status":"not-done",SUBJECT}""", "not done")]
    [TestCase("operative-notes", """{"resourceType":"Procedure","status":"entered-in-error",SUBJECT}""", "entered in error")]
    [TestCase("medications", """{"resourceType":"MedicationStatement","status":"not-taken",SUBJECT}""", "not taken")]
    [TestCase("medications", """{"resourceType":"MedicationStatement","status":"entered-in-error",SUBJECT}""", "entered in error")]
    [TestCase("medications", """{"resourceType":"MedicationRequest","status":"cancelled","intent":"order",SUBJECT}""", "cancelled")]
    [TestCase("medications", """{"resourceType":"MedicationRequest","status":"active","intent":"order","doNotPerform":true,SUBJECT}""", "not to be done")]
    [TestCase("allergies", """{"resourceType":"AllergyIntolerance",VERallergyintolerance-verification","code":"refuted"}]},PATIENT}""", "refuted")]
    [TestCase("allergies", """{"resourceType":"AllergyIntolerance",VERallergyintolerance-verification","code":"entered-in-error"}]},PATIENT}""", "entered in error")]
    [TestCase("labs", """{"resourceType":"Observation","status":"entered-in-error",CODE 2857-1"}]},SUBJECT}""", "entered in error")]
    [TestCase("labs", """{"resourceType":"Observation","status":"cancelled",CODE 2857-1"}]},SUBJECT}""", "cancelled")]
    public async Task What_was_taken_back_is_missing_and_the_reason_is_said(string item, string resource, string why)
    {
        (Office office, CaseFile file) = await FiledAsync(resource);

        ChecklistFinding finding = await FindAsync(office, file, item);

        Assert.That(finding.Outcome, Is.EqualTo(ChecklistOutcome.Missing));
        Assert.That(finding.Detail, Does.Contain($"1 came, {why}"));
        Assert.That(await TextAsync(office, file), Does.Contain($"[{why}] "));
    }

    [TestCase("Condition", "condition-ver-status", "refuted")]
    [TestCase("Condition", "condition-ver-status", "entered-in-error")]
    public async Task A_refuted_diagnosis_is_listed_as_refuted(string type, string system, string code)
    {
        (Office office, CaseFile file) = await FiledAsync(
            $$"""{"resourceType":"{{type}}",VER{{system}}","code":"{{code}}"}]},"code":{"text":"Emphysema"},SUBJECT}""");

        Assert.That(await TextAsync(office, file), Does.Contain($"[{code.Replace('-', ' ')}] Emphysema"));
    }

    [Test]
    public async Task What_counts_is_present_and_what_does_not_is_said_beside_it()
    {
        (Office office, CaseFile file) = await FiledAsync(
            """{"resourceType":"Consent","status":"active","dateTime":"2020-01-02","provision":{"type":"permit"},PATIENT}""",
            """{"resourceType":"Consent","status":"rejected","dateTime":"2020-01-03",PATIENT}""");

        ChecklistFinding finding = await FindAsync(office, file, "consent");

        Assert.That(finding.Outcome, Is.EqualTo(ChecklistOutcome.Present));
        Assert.That(finding.Detail, Is.EqualTo("1, the newest of 2020-01-02. Not counted: 1 came, rejected."));
    }

    [Test]
    public async Task A_wrong_date_of_what_was_entered_in_error_makes_nothing_old()
    {
        (Office office, CaseFile file) = await FiledAsync(
            """{"resourceType":"Observation","status":"final","effectiveDateTime":"2020-01-02",CODE 2857-1"}]},SUBJECT}""",
            """{"resourceType":"Observation","status":"entered-in-error","effectiveDateTime":"2099-01-02",CODE 2857-1"}]},SUBJECT}""");

        await TextAsync(office, file);
        await using Stream? bundle = await office.Publishing.OpenBundleAsync(file.Number, null, AccessScope.All, default);
        using JsonDocument document = await JsonDocument.ParseAsync(bundle!);

        Assert.That(document.RootElement.GetProperty("timestamp").GetString(), Does.StartWith("2020-01-02"));
    }

    [TestCase("D", "entered in error")]
    [TestCase("W", "entered in error")]
    [TestCase("X", "cancelled")]
    public async Task A_result_that_a_laboratory_took_back_does_not_count(string status, string why)
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Asked());
        string message = $"""
            MSH|^~\&|LAB|NORTH|RH|RH|20200304050607+0100||ORU^R01|M1|P|2.5
            PID|1||MRN1^^^NORTH&1.2.3&ISO^MR||Alpha^Ann||19700102|F
            OBR|1|P1|F1|24331-1^Lipid panel^LN|||20200304
            OBX|1|NM|2093-3^Cholesterol^LN||5.20|mmol/L|<5.0|H|||{status}
            """;
        await office.SendAsync(ContentKind.Hl7V2, Encoding.UTF8.GetBytes(message.ReplaceLineEndings("\r")), file.Number);

        ChecklistFinding finding = await FindAsync(office, file, "labs");

        Assert.That(finding.Outcome, Is.EqualTo(ChecklistOutcome.Missing));
        Assert.That(finding.Detail, Does.Contain($"came, {why}"));
    }

    private static NewCase Asked() => Office.Asked("Alpha", "Ann", "1970-01-02", "female", new PatientIdentifier("urn:x", "1"));

    private static async Task<(Office Office, CaseFile File)> FiledAsync(params string[] resources)
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Asked());
        await office.SendAsync(ContentKind.FhirJson, Encoding.UTF8.GetBytes(Written(resources)), file.Number);
        return (office, file);
    }

    private static string Written(IEnumerable<string> resources) => """
        {"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:p","resource":{"resourceType":"Patient",
        "identifier":[{"system":"urn:x","value":"1"}],"name":[{"family":"Alpha","given":["Ann"]}],"gender":"female","birthDate":"1970-01-02"}}
        """ + string.Concat(resources.Select(one => ",{\"resource\":" + one
            .Replace("VER", Ver, StringComparison.Ordinal)
            .Replace("SUBJECT", "\"subject\":{\"reference\":\"urn:uuid:p\"}", StringComparison.Ordinal)
            .Replace("PATIENT", "\"patient\":{\"reference\":\"urn:uuid:p\"}", StringComparison.Ordinal)
            .Replace("CODE ", "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"", StringComparison.Ordinal)
            .Replace("TYPE ", "\"type\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"", StringComparison.Ordinal)
            + "}")) + "]}";

    private static async Task<ChecklistFinding> FindAsync(Office office, CaseFile file, string item) =>
        ChecklistEvaluation.Evaluate(ChecklistSet.BuiltIn.For("oncology"), await office.Reader.ReadAsync(file, default))
            .Findings.Single(finding => finding.Item == item);

    private static async Task<string> TextAsync(Office office, CaseFile file)
    {
        PublishOutcome outcome = await office.Publishing.PublishAsync(file.Number, "ann", true, "a test", AccessScope.All, default);
        Assert.That(outcome, Is.InstanceOf<PublishOutcome.Published>());
        await using Stream? bundle = await office.Publishing.OpenBundleAsync(file.Number, null, AccessScope.All, default);
        using JsonDocument document = await JsonDocument.ParseAsync(bundle!);
        JsonElement composition = document.RootElement.GetProperty("entry")[0].GetProperty("resource");
        return Regex.Replace(string.Concat(composition.GetProperty("section").EnumerateArray()
            .Select(section => section.GetProperty("text").GetProperty("div").GetString())), "<[^>]+>", "\n");
    }
}
