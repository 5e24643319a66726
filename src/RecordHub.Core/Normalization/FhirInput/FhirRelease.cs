using System.Collections.Frozen;
using System.Text.Json;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>Tells resources of other FHIR releases from R4 by what R4 does not have.</summary>
internal static class FhirRelease
{
    private static readonly FrozenSet<string> s_otherTypes = new[]
    {
        // DSTU2 and STU3
        "BodySite", "Conformance", "DataElement", "DeviceComponent", "DeviceUseRequest", "DiagnosticOrder",
        "EligibilityRequest", "EligibilityResponse", "ExpansionProfile", "ImagingManifest", "ImagingObjectSelection",
        "MedicationOrder", "Order", "OrderResponse", "ProcedureRequest", "ProcessRequest", "ProcessResponse",
        "ReferralRequest", "Sequence", "ServiceDefinition",

        // R4B and R5
        "ActorDefinition", "AdministrableProductDefinition", "ArtifactAssessment", "BiologicallyDerivedProductDispense",
        "Citation", "ClinicalUseDefinition", "ConditionDefinition", "DeviceAssociation",
        "DeviceDispense", "DeviceUsage", "EncounterHistory", "EvidenceReport", "FormularyItem", "GenomicStudy",
        "ImagingSelection", "Ingredient", "InventoryItem", "InventoryReport", "ManufacturedItemDefinition",
        "MedicinalProductDefinition", "NutritionIntake", "NutritionProduct", "PackagedProductDefinition", "Permission",
        "RegulatedAuthorization", "RequestOrchestration", "Requirements", "SubscriptionStatus", "SubscriptionTopic",
        "SubstanceDefinition", "TestPlan", "Transport",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Elements that DSTU2 or STU3 have at the top of a type and R4 does not.
    private static readonly FrozenDictionary<string, string[]> s_otherElements = new Dictionary<string, string[]>
    {
        ["AllergyIntolerance"] = ["substance", "assertedDate", "lastOccurence"],
        ["CarePlan"] = ["definition"],
        ["Composition"] = ["class"],
        ["Condition"] = ["dateRecorded", "assertedDate", "context", "patient"],
        ["DiagnosticReport"] = ["codedDiagnosis", "image", "context"],
        ["DocumentReference"] = ["indexed", "created", "class"],
        ["Encounter"] = ["incomingReferral", "patient"],
        ["Goal"] = ["status", "targetDate"],
        ["ImagingStudy"] = ["uid", "accession", "availability", "patient"],
        ["Immunization"] = ["notGiven", "wasNotGiven", "date", "vaccinationProtocol"],
        ["Medication"] = ["isBrand", "product", "package"],
        ["MedicationRequest"] = ["context", "definition"],
        ["MedicationStatement"] = ["taken", "notTaken", "wasNotTaken", "reasonNotTaken", "patient"],
        ["Observation"] = ["context", "related", "comment", "comments"],
        ["Patient"] = ["animal", "careProvider"],
        ["Procedure"] = ["notDone", "notPerformed", "context", "definition"],
        ["Questionnaire"] = ["group"],
        ["QuestionnaireResponse"] = ["group", "parent"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Elements that were a bare code before R4 and are a concept since.
    private static readonly FrozenDictionary<string, string[]> s_onceCodes = new Dictionary<string, string[]>
    {
        ["AllergyIntolerance"] = ["clinicalStatus", "verificationStatus", "status"],
        ["Condition"] = ["clinicalStatus", "verificationStatus"],
        ["Encounter"] = ["class"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] s_otherProfiles =
        ["/STU3/", "/DSTU2/", "hl7.org/fhir/3.", "hl7.org/fhir/1.0", "hl7.org/fhir/DSTU2", "fhir.org/guides/argonaut/", "hl7.org/fhir/5.0"];

    /// <summary>Whether another release has a type of this name and R4 has none.</summary>
    public static bool IsOtherType(string type) => s_otherTypes.Contains(type);

    /// <summary>Whether the element is another release's.</summary>
    public static bool IsOtherElement(string type, string element) =>
        s_otherElements.TryGetValue(type, out string[]? elements) && elements.Contains(element);

    /// <summary>Whether the element of an XML document is a bare code that R4 has as a concept.</summary>
    public static bool IsOnceCode(string type, string element, System.Xml.XmlReader reader) =>
        s_onceCodes.TryGetValue(type, out string[]? codes) && codes.Contains(element) && reader.GetAttribute("value") is not null;

    /// <summary>What shows that the resource is not R4; null when nothing does.</summary>
    public static string? Other(string type, JsonElement resource)
    {
        if (IsOtherType(type))
        {
            return type;
        }

        foreach (JsonProperty property in resource.EnumerateObject())
        {
            if (IsOtherElement(type, property.Name))
            {
                return $"{type}.{property.Name}";
            }

            if (IsBareCode(property.Value) && s_onceCodes.TryGetValue(type, out string[]? codes)
                && codes.Contains(property.Name))
            {
                return $"{type}.{property.Name}";
            }
        }

        return FhirValue.Text(resource, "fhirVersion") is { Length: > 0 } version
            && !version.StartsWith("4.0", StringComparison.Ordinal)
            ? $"{type}.fhirVersion"
            : Profile(type, resource);
    }

    // A code that was XML has the value where a concept has its codings.
    private static bool IsBareCode(JsonElement value) =>
        value.ValueKind == JsonValueKind.String || FhirValue.Text(value, "value") is not null;

    private static string? Profile(string type, JsonElement resource)
    {
        if (!resource.TryGetProperty("meta", out JsonElement meta))
        {
            return null;
        }

        foreach (JsonElement profile in FhirValue.Items(meta, "profile"))
        {
            if (profile.ValueKind == JsonValueKind.String && profile.GetString() is { } url
                && s_otherProfiles.Any(other => url.Contains(other, StringComparison.OrdinalIgnoreCase)))
            {
                return $"{type}.meta.profile";
            }
        }

        return null;
    }

    /// <summary>Whether R4 has a type of this name.</summary>
    public static bool IsType(string type) => SearchParameterTable.IsResourceType(type);
}
