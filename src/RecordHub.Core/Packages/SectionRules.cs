using RecordHub.Core.Cases;

namespace RecordHub.Core.Packages;

/// <summary>Which section a resource stands in: by its LOINC code, then its type and category, then its words. Pure.</summary>
internal static class SectionRules
{
    // Document types, panels and measurements by LOINC code.
    private static readonly Dictionary<string, string> s_loinc = Table(
        ("questions", ["42349-1"]),
        ("summary", ["10164-2", "34133-9", "60591-5"]),
        ("diagnoses", ["11450-4", "21908-9", "21902-2", "21905-5", "21906-3", "21907-1", "21914-7", "75859-9", "29308-4"]),
        ("pathology", ["11526-1", "60567-5", "22637-3", "22634-0", "11529-5", "33746-9", "60568-3", "47527-7"]),
        ("imaging", ["18748-4", "68604-8", "18782-3", "24627-2", "30746-2", "24590-2", "18747-6", "18755-9", "18760-9",
            "28561-8", "18785-6", "73569-6", "55111-9", "55114-3", "18726-0"]),
        ("operations", ["47519-4", "11504-8", "8724-7", "28570-0", "29752-3"]),
        ("treatment", ["11486-8", "21946-9", "34826-8", "56445-0"]),
        ("laboratory", ["30954-2", "11502-2", "26436-6", "18717-9", "18719-5", "18725-2"]),
        ("genetics", ["51969-4", "81247-9", "69548-6", "51963-7", "53041-0"]),
        ("cardiac", ["11524-6", "18745-0", "18752-6", "18750-0", "34552-0", "42148-7", "28010-7", "18754-2", "34534-8"]),
        ("medications", ["10160-0", "29549-3", "56446-8"]),
        ("allergies", ["48765-2", "10155-0"]),
        ("devices", ["46264-8"]),
        ("history", ["11348-0", "10157-6", "29762-2", "47420-5", "8648-8"]),
        ("growth", ["8716-3", "11369-6", "8302-2", "29463-7", "9843-4", "39156-5", "59576-9", "77606-2", "8289-1", "3141-9"]),
        ("notes", ["11488-4", "18842-5", "34117-2", "11506-3", "28655-9", "34109-9", "34108-1", "11490-0"]),
        ("plan", ["18776-5", "57133-1", "51847-2"]),
        ("consent", ["59284-0", "64292-6", "57016-8"]));

    // Words that a document without a code is known by, most telling first.
    private static readonly (string Word, string Key)[] s_words =
    [
        ("consent", "consent"), ("discharge", "notes"), ("patholog", "pathology"), ("histolog", "pathology"),
        ("biopsy", "pathology"), ("cytolog", "pathology"), ("genom", "genetics"), ("genetic", "genetics"),
        ("electrocardiogra", "cardiac"), ("ecg", "cardiac"), ("echocardio", "cardiac"), ("catheter", "cardiac"),
        ("radiotherapy", "treatment"), ("chemotherapy", "treatment"), ("radiation therapy", "treatment"),
        ("radiology", "imaging"), ("imaging report", "imaging"), ("ultrasound", "imaging"), ("tomograph", "imaging"),
        ("operative", "operations"), ("operation note", "operations"), ("laborator", "laboratory"), ("panel", "laboratory"),
        ("referral", "plan"), ("treatment plan", "plan"), ("immunization", "growth"), ("immunisation", "growth"),
    ];

    /// <summary>The key of the section; for studies <c>studies-in-question</c>, which the caller refines.</summary>
    internal static string KeyOf(ResourceFacts facts)
    {
        bool isDocument = facts.Type is "DocumentReference" or "DiagnosticReport" or "Composition" or "Observation" or "Media";
        if (isDocument)
        {
            foreach (string code in facts.Codes.Where(code => code.StartsWith(ResourceFacts.Loinc, StringComparison.Ordinal)))
            {
                if (s_loinc.TryGetValue(code[(ResourceFacts.Loinc.Length + 1)..], out string? key))
                {
                    return key;
                }
            }
        }

        return facts.Type switch
        {
            "DocumentReference" or "DiagnosticReport" or "Composition" => ByCategory(facts) ?? ByWords(facts) ?? "notes",
            "Observation" => ByCategory(facts) ?? "laboratory",
            "Condition" => "diagnoses",
            "ClinicalImpression" => "summary",
            "Procedure" => "operations",
            "ImagingStudy" => facts.HasCode("SM") ? "slides" : "studies-in-question",
            "Media" => "imaging",
            "MedicationAdministration" => "treatment",
            "MedicationRequest" or "MedicationStatement" or "MedicationDispense" or "Medication" => "medications",
            "AllergyIntolerance" => "allergies",
            "Device" or "DeviceUseStatement" or "DeviceRequest" => "devices",
            "FamilyMemberHistory" or "Encounter" or "EpisodeOfCare" => "history",
            "Immunization" or "ImmunizationRecommendation" => "growth",
            "CarePlan" or "Goal" or "CareTeam" or "ServiceRequest" or "NutritionOrder" or "Appointment" => "plan",
            "Specimen" => "pathology",
            "MolecularSequence" => "genetics",
            "Consent" => "consent",
            "QuestionnaireResponse" or "Communication" => "notes",
            _ => "sources",
        };
    }

    private static string? ByCategory(ResourceFacts facts) =>
        facts.HasCode("RAD") || facts.HasCode("imaging") || facts.HasCode("LP29684-5") ? "imaging"
        : facts.HasCode("PAT") || facts.HasCode("SP") || facts.HasCode("LP7839-6") ? "pathology"
        : facts.HasCode("GE") || facts.HasCode("genomics") ? "genetics"
        : facts.HasCode("EC") || facts.HasCode("CUS") || facts.HasCode("LP29708-2") ? "cardiac"
        : facts.HasCode("LAB") || facts.HasCode("laboratory") || facts.HasCode("LP29693-6") ? "laboratory"
        : facts.HasCode("procedure") && facts.Type == "Observation" ? "operations"
        : facts.HasCode("therapy") && facts.Type == "Observation" ? "treatment"
        : facts.HasCode("social-history") || facts.HasCode("vital-signs") || facts.HasCode("survey")
            || facts.HasCode("exam") || facts.HasCode("activity") ? "history"
        : null;

    private static string? ByWords(ResourceFacts facts)
    {
        foreach ((string word, string key) in s_words)
        {
            if (facts.Title.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return key;
            }
        }

        return null;
    }

    private static Dictionary<string, string> Table(params (string Key, string[] Codes)[] rows) =>
        rows.SelectMany(row => row.Codes.Select(code => (code, row.Key))).ToDictionary(pair => pair.code, pair => pair.Key);
}
