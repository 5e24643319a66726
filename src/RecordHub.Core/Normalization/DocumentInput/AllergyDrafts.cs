using System.Text.Json;
using RecordHub.Core.Resources;
using RecordHub.Documents;

namespace RecordHub.Core.Normalization.DocumentInput;

/// <summary>Allergies of C-CDA sections and of HL7 v2 AL1 and IAM segments (R4 allergyintolerance.html).</summary>
internal static class AllergyDrafts
{
    private const string Verification = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";
    private const string Snomed = "http://snomed.info/sct";

    // Where no substance is stated, the code of the observation says no more than that something is asserted.
    private const string Assertion = "ASSERTION";

    /// <summary>
    /// The entries of an allergy section are the allergy itself, and its reactions, severity and status beside it: the
    /// allergy is the one that names a substance, or whose value says what kind of allergy it is (value set
    /// 2.16.840.1.113883.3.88.12.3221.6.2).
    /// </summary>
    public static bool IsAllergy(CodedEntry entry) => entry.IsOfSubstance
        || (!string.IsNullOrWhiteSpace(entry.Code.Code ?? entry.Code.Display) && entry.ValueCode?.Code is
            "416098002" or "414285001" or "419199007" or "420134006" or "418038007" or "419511003"
            or "418471000" or "425525006" or "235719002" or "59037007" or "232347008" or "426232007");

    public static void Write(Utf8JsonWriter writer, CodedEntry entry, string? time)
    {
        // Negated of no substance in particular: no allergy is known, which is an answer and refutes none.
        bool isNone = entry.Negated && !entry.IsOfSubstance;
        string status = entry switch
        {
            { Status: "entered-in-error" } => "entered-in-error",
            { Negated: true } when !isNone => "refuted",
            _ => "unconfirmed",
        };
        writer.Concept("verificationStatus", Verification, status, null);
        if (isNone)
        {
            (string code, string display) = entry.ValueCode?.Code switch
            {
                "416098002" => ("409137002", "No known drug allergy"),
                "414285001" => ("429625007", "No known food allergy"),
                _ => ("716186003", "No known allergy"),
            };
            writer.Concept("code", Snomed, code, display);
        }
        else
        {
            DocumentCodes.Write(writer, "code", entry is { Code.Code: Assertion, ValueCode: { } kind } ? kind : entry.Code);
        }

        writer.Reference("patient", Placeholder.Patient);
        writer.Text("onsetDateTime", time);
        if (entry.ValueCode is null && !string.IsNullOrWhiteSpace(entry.Value))
        {
            writer.WriteStartArray("reaction");
            writer.WriteStartObject();
            writer.WriteStartArray("manifestation");
            writer.ConceptItem(null, null, null, entry.Value);
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
        }
    }
}
