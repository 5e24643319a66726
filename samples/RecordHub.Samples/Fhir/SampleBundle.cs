using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace RecordHub.Samples.Fhir;

/// <summary>The FHIR R4 transaction of the other hospital: problems, laboratory values over time, treatment, allergies.</summary>
internal static class SampleBundle
{
    private const string Loinc = "http://loinc.org";
    private const string Snomed = "http://snomed.info/sct";
    private const string Atc = "http://www.whocc.no/atc";
    private const string PatientUrl = "urn:uuid:00000000-0000-4000-8000-000000000001";

    public static SampleFile Create(SamplePatient patient)
    {
        List<JsonObject> resources =
        [
            Condition("254637007", "Non-small cell lung cancer", "2026-03-20"),
            Condition("38341003", "Hypertensive disorder", "2015-04-01"),
            .. Laboratory("2039-6", "CEA", "ng/mL", ("2025-03-01", "3.1"), ("2025-09-02", "4.6"), ("2026-03-02", "7.20")),
            .. Laboratory("2160-0", "Creatinine", "mg/dL", ("2025-03-01", "0.8"), ("2026-03-02", "0.9")),
            .. Laboratory("718-7", "Hemoglobin", "g/dL", ("2025-03-01", "13.1"), ("2026-03-02", "12.8")),
            Medication("C09AA05", "Ramipril 5 mg", "2015-04-01"),
            Medication("B01AC06", "Acetylsalicylic acid 100 mg", "2020-01-15"),
            Allergy("91936005", "Allergy to penicillin"),
            Procedure("38102005", "Cholecystectomy", "2019-06-12"),
            Consent("2026-03-24"),
            Procedure("277132007", "Therapeutic procedure: smoking cessation programme", "2025-04-02"),
        ];
        JsonArray entries = [Entry(PatientUrl, Patient(patient))];
        for (int i = 0; i < resources.Count; i++)
        {
            entries.Add(Entry(
                string.Create(CultureInfo.InvariantCulture, $"urn:uuid:00000000-0000-4000-8000-{i + 2:D12}"), resources[i]));
        }

        JsonObject bundle = new() { ["resourceType"] = "Bundle", ["type"] = "transaction", ["entry"] = entries };
        return new SampleFile(
            "lakeside/record.fhir.json", "application/fhir+json", Encoding.UTF8.GetBytes(bundle.ToJsonString()),
            SampleDoor.Fhir, SampleOutcome.Filed);
    }

    private static JsonObject Entry(string url, JsonObject resource) => new()
    {
        ["fullUrl"] = url,
        ["resource"] = resource,
        ["request"] = new JsonObject { ["method"] = "POST", ["url"] = resource["resourceType"]?.GetValue<string>() },
    };

    private static JsonObject Patient(SamplePatient patient) => new()
    {
        ["resourceType"] = "Patient",
        ["identifier"] = new JsonArray(new JsonObject
        {
            ["system"] = SampleHospital.Lakeside.Issuer,
            ["value"] = patient.RecordNumbers[SampleHospital.Lakeside],
        }),
        ["name"] = new JsonArray(new JsonObject { ["family"] = patient.Family, ["given"] = new JsonArray(patient.Given) }),
        ["gender"] = patient.Gender,
        ["birthDate"] = patient.BirthDateIso,
    };

    private static JsonObject Condition(string code, string display, string onset) => new()
    {
        ["resourceType"] = "Condition",
        ["clinicalStatus"] = Concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", "Active"),
        ["code"] = Concept(Snomed, code, display),
        ["subject"] = Subject(),
        ["onsetDateTime"] = onset,
    };

    private static IEnumerable<JsonObject> Laboratory(
        string code, string display, string unit, params (string Date, string Value)[] points) =>
        points.Select(point => new JsonObject
        {
            ["resourceType"] = "Observation",
            ["status"] = "final",
            ["category"] = new JsonArray(Concept(
                "http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", "Laboratory")),
            ["code"] = Concept(Loinc, code, display),
            ["subject"] = Subject(),
            ["effectiveDateTime"] = point.Date,
            ["valueQuantity"] = new JsonObject
            {
                // Parsed, not converted: 7.20 has to stay 7.20.
                ["value"] = JsonNode.Parse(point.Value),
                ["unit"] = unit,
                ["system"] = "http://unitsofmeasure.org",
                ["code"] = unit,
            },
        });

    private static JsonObject Medication(string code, string display, string since) => new()
    {
        ["resourceType"] = "MedicationStatement",
        ["status"] = "active",
        ["medicationCodeableConcept"] = Concept(Atc, code, display),
        ["subject"] = Subject(),
        ["effectivePeriod"] = new JsonObject { ["start"] = since },
    };

    private static JsonObject Allergy(string code, string display) => new()
    {
        ["resourceType"] = "AllergyIntolerance",
        ["clinicalStatus"] = Concept(
            "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active", "Active"),
        ["code"] = Concept(Snomed, code, display),
        ["patient"] = Subject(),
    };

    private static JsonObject Consent(string date) => new()
    {
        ["resourceType"] = "Consent",
        ["status"] = "active",
        ["scope"] = Concept("http://terminology.hl7.org/CodeSystem/consentscope", "treatment", "Treatment"),
        ["category"] = new JsonArray(Concept(Loinc, "59284-0", "Consent Document")),
        ["patient"] = Subject(),
        ["dateTime"] = date,
        ["policyRule"] = Concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", "OPTIN", "opt-in"),
    };

    private static JsonObject Procedure(string code, string display, string date) => new()
    {
        ["resourceType"] = "Procedure",
        ["status"] = "completed",
        ["code"] = Concept(Snomed, code, display),
        ["subject"] = Subject(),
        ["performedDateTime"] = date,
    };

    private static JsonObject Concept(string system, string code, string display) => new()
    {
        ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code, ["display"] = display }),
        ["text"] = display,
    };

    private static JsonObject Subject() => new() { ["reference"] = PatientUrl };
}
