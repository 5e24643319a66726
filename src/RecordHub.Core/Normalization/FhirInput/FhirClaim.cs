using System.Text.Json;
using RecordHub.Core.Identity;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>Whom a Patient resource, or a reference to one, says it is.</summary>
internal static class FhirClaim
{
    public static PatientClaim OfPatient(JsonElement patient, string? defaultIssuer)
    {
        ClaimBuilder claim = new(defaultIssuer);
        foreach (JsonElement identifier in FhirValue.Items(patient, "identifier"))
        {
            AddIdentifier(claim, identifier);
        }

        foreach (JsonElement name in FhirValue.Items(patient, "name"))
        {
            string? family = FhirValue.Text(name, "family");
            string given = FhirValue.Joined(name, "given");
            if (family is null && given.Length == 0)
            {
                claim.AddWholeName(FhirValue.Text(name, "text"));
            }
            else
            {
                claim.AddName(family, given, FhirValue.Joined(name, "prefix"), FhirValue.Joined(name, "suffix"));
            }
        }

        foreach (JsonElement address in FhirValue.Items(patient, "address"))
        {
            claim.AddPostcode(FhirValue.Text(address, "postalCode"));
        }

        foreach (JsonElement contact in FhirValue.Items(patient, "telecom"))
        {
            if (FhirValue.Text(contact, "system") is "phone" or "sms")
            {
                claim.AddPhone(FhirValue.Text(contact, "value"));
            }
        }

        claim.BirthDate = PartialDate.TryParse(FhirValue.Text(patient, "birthDate"), out PartialDate date) ? date : null;
        claim.Sex = FhirValue.Text(patient, "gender") switch
        {
            "female" => AdministrativeSex.Female,
            "male" => AdministrativeSex.Male,
            "other" => AdministrativeSex.Other,
            _ => AdministrativeSex.Unknown,
        };

        // A Patient without identifier, name or birth date names somebody all the same, whom nobody can verify.
        PatientClaim built = claim.Build();
        return built.IsNobody ? built with { ByReferenceOnly = true } : built;
    }

    /// <summary>A reference without a Patient behind it: its identifier, or its words, or only that there is somebody.</summary>
    public static PatientClaim OfReference(JsonElement reference, string? defaultIssuer)
    {
        ClaimBuilder claim = new(defaultIssuer);
        if (reference.ValueKind == JsonValueKind.Object
            && reference.TryGetProperty("identifier", out JsonElement identifier))
        {
            AddIdentifier(claim, identifier);
        }

        if (FhirValue.Text(reference, "reference") is { } literal
            && literal.IndexOf("?identifier=", StringComparison.Ordinal) is > 0 and { } query)
        {
            string[] parts = Uri.UnescapeDataString(literal[(query + "?identifier=".Length)..]).Split('|', 2);
            claim.AddIdentifier(parts.Length == 2 ? parts[0] : null, parts[^1]);
        }

        claim.AddWholeName(FhirValue.Text(reference, "display"));
        PatientClaim built = claim.Build();
        return built with { ByReferenceOnly = built.Identifiers.Count == 0 };
    }

    /// <summary>The identifier of a reference alone, whatever else it says.</summary>
    public static PatientClaim OfReferredIdentifier(JsonElement reference, string? defaultIssuer)
    {
        ClaimBuilder claim = new(defaultIssuer);
        if (reference.ValueKind == JsonValueKind.Object && reference.TryGetProperty("identifier", out JsonElement identifier))
        {
            AddIdentifier(claim, identifier);
        }

        return claim.Build();
    }

    private static void AddIdentifier(ClaimBuilder claim, JsonElement identifier)
    {
        string? system = FhirValue.Text(identifier, "system");
        string? assigner = identifier.ValueKind == JsonValueKind.Object
            && identifier.TryGetProperty("assigner", out JsonElement organization)
                ? FhirValue.Text(organization, "display")
                : null;
        claim.AddIdentifier(system ?? assigner, FhirValue.Text(identifier, "value"), TypeOf(identifier));
    }

    // The first code of HL7 table 0203, whichever way its system is written.
    private static string? TypeOf(JsonElement identifier) =>
        identifier.ValueKind == JsonValueKind.Object && identifier.TryGetProperty("type", out JsonElement type)
            ? FhirValue.Items(type, "coding")
                .Where(coding => FhirValue.Text(coding, "system")?.EndsWith("0203", StringComparison.Ordinal) == true)
                .Select(coding => FhirValue.Text(coding, "code")).FirstOrDefault()
            : null;
}
