using RecordHub.Core.Cases;

namespace RecordHub.Core.Identity.Matching;

/// <summary>
/// Compares two people by the weights of Fellegi and Sunter: each field adds the logarithm of how much likelier what is seen
/// is for one person than for two.
/// </summary>
internal static class PersonMatcher
{
    internal static IdentityMatch Compare(PatientClaim claim, CasePatient patient, MatchWeights weights) =>
        Compare(Person.Of(claim, weights), Person.Of(patient, weights), weights);

    internal static IdentityMatch Compare(Person claimed, Person known, MatchWeights weights)
    {
        NameComparison? names = NameComparison.Best(claimed.Names, known.Names, weights);
        (MatchLevel identifier, PatientIdentifier? claimedId, PatientIdentifier? knownId) =
            IdentifierLevels.Of(claimed.Identifiers, known.Identifiers);
        MatchLevel birthDate = BirthDateLevels.Of(claimed, known.BirthDate);
        MatchLevel postcode = ContactLevels.OfPostcodes(claimed.Postcodes, known.Postcodes);
        MatchLevel phone = ContactLevels.OfPhones(claimed.Phones, known.Phones);
        NormalName? claimedName = names?.Claimed ?? (claimed.Names is [NormalName one, ..] ? one : null);
        NormalName? knownName = names?.Known ?? (known.Names is [NormalName other, ..] ? other : null);
        FieldAgreement[] fields =
        [
            new(MatchField.FamilyName, names?.Family ?? MatchLevel.Unsaid, names?.FamilyBits ?? 0,
                claimedName?.Family.Plain ?? string.Empty, knownName?.Family.Plain ?? string.Empty),
            new(MatchField.GivenName, names?.Given ?? MatchLevel.Unsaid, names?.GivenBits ?? 0,
                claimedName?.Given.Plain ?? string.Empty, knownName?.Given.Plain ?? string.Empty),
            Field(MatchField.BirthDate, birthDate, claimed.BirthDate?.ToString(), known.BirthDate?.ToString()),
            Field(MatchField.Sex, Sex(claimed.Sex, known.Sex), Text(claimed.Sex), Text(known.Sex)),
            Field(MatchField.Postcode, postcode, First(claimed.Postcodes, known.Postcodes), First(known.Postcodes, claimed.Postcodes)),
            Field(MatchField.Phone, phone, First(claimed.Phones, known.Phones), First(known.Phones, claimed.Phones)),
            Field(MatchField.Identifier, identifier, Text(claimedId ?? FirstOf(claimed)), Text(knownId ?? FirstOf(known))),
        ];
        double bits = Math.Round(fields.Sum(field => field.Bits), 1);
        MatchVeto[] vetoes = [.. Vetoes.Of(claimed, known, names, fields)];
        IdentityMatch match = new() { Grade = MatchGrade.CertainlyNot, Bits = bits, Fields = fields, Vetoes = vetoes };
        return match with { Grade = Grade(match, weights) };

        FieldAgreement Field(MatchField field, MatchLevel level, string? said, string? kept) =>
            new(field, level, weights.Bits(field, level), said ?? string.Empty, kept ?? string.Empty);
    }

    private static MatchGrade Grade(IdentityMatch match, MatchWeights weights)
    {
        bool free = match.Vetoes.Count == 0;
        return free && match.Bits >= weights.Certain && (match.IsComplete || match.SharesIdentifier) ? MatchGrade.Certain
            : free && match.Bits >= weights.Probable ? MatchGrade.Probable
            : match.Bits >= weights.Possible && !IsOtherName(match) ? MatchGrade.Possible
            : MatchGrade.CertainlyNot;
    }

    // The birth date of many others is the same.
    private static bool IsOtherName(IdentityMatch match) => !match.SharesIdentifier
        && match.LevelOf(MatchField.FamilyName) == MatchLevel.Different
        && match.LevelOf(MatchField.GivenName) == MatchLevel.Different;

    private static MatchLevel Sex(AdministrativeSex claimed, AdministrativeSex known) =>
        claimed == AdministrativeSex.Unknown || known == AdministrativeSex.Unknown ? MatchLevel.Unsaid
        : claimed == known ? MatchLevel.Exact : MatchLevel.Different;

    private static string Text(AdministrativeSex sex) =>
        sex == AdministrativeSex.Unknown ? string.Empty : sex.ToString().ToLowerInvariant();

    private static string Text(PatientIdentifier? one) => one is { } id ? $"{id.Value} of {id.Issuer}" : string.Empty;

    private static PatientIdentifier? FirstOf(Person person) => person.Identifiers is [PatientIdentifier first, ..] ? first : null;

    private static string First(IReadOnlyList<string> own, IReadOnlyList<string> other) =>
        own.FirstOrDefault(other.Contains) ?? (own is [string first, ..] ? first : string.Empty);
}
