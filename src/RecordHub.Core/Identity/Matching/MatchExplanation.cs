using System.Globalization;
using RecordHub.Core.Cases;

namespace RecordHub.Core.Identity.Matching;

/// <summary>A match in lines that a coordinator reads: both sides, how far they agree, and what stands in the way.</summary>
internal static class MatchExplanation
{
    internal static IEnumerable<string> Lines(IdentityMatch match, PatientClaim claim, CasePatient patient)
    {
        string known = Text(patient.Name);
        string names = string.Join(" = ", claim.Names.Select(Text).Distinct(StringComparer.Ordinal).Take(3));
        yield return claim.Names.Count == 0
            ? $"name: the record says none; the case has {known}"
            : $"{Name(match)}: {names} in the record, {known} in the case";
        yield return claim.BirthDate is not { } date
            ? $"birth date: the record says none; the case has {patient.BirthDate}"
            : match.LevelOf(MatchField.BirthDate) == MatchLevel.Exact ? $"birth date agrees: {date}"
            : $"{BirthDate(match)}: {string.Join(" or ", claim.BirthDateReadings ?? [date])} in the record, {patient.BirthDate} in the case";
        foreach (FieldAgreement field in match.Fields.Where(field => field.Level != MatchLevel.Unsaid))
        {
            if (Other(field) is { } line)
            {
                yield return line;
            }
        }

        foreach (MatchVeto veto in match.Vetoes)
        {
            yield return Veto(veto);
        }
    }

    /// <summary>What the evidence comes to, in one line.</summary>
    internal static string Weight(IdentityMatch match, MatchWeights weights) => string.Create(
        CultureInfo.InvariantCulture,
        $"the evidence weighs {match.Bits:0.0} bits; {weights.Certain:0.0} are needed to file by name and birth date without a person");

    private static string Name(IdentityMatch match) =>
        (match.LevelOf(MatchField.FamilyName), match.LevelOf(MatchField.GivenName)) switch
        {
            (MatchLevel.Exact, MatchLevel.Exact) => "name agrees",
            (MatchLevel.Swapped, _) => "name agrees with family and given name exchanged",
            (MatchLevel.Cut, MatchLevel.Exact or MatchLevel.Cut) or (MatchLevel.Exact, MatchLevel.Cut) =>
                "name agrees up to where it was cut off",
            (MatchLevel.Exact, MatchLevel.ShortForm) => "name agrees by the short form of the given name",
            (MatchLevel.Different, MatchLevel.Exact or MatchLevel.ShortForm) =>
                "family name differs and given name agrees, as after a marriage",
            (MatchLevel.Different, _) => "name differs",
            (_, MatchLevel.Different) => "given name differs",
            (MatchLevel.Part, MatchLevel.Exact) => "given name agrees, and one of several family names",
            (MatchLevel.Romanised, MatchLevel.Exact or MatchLevel.Romanised) or (MatchLevel.Exact, MatchLevel.Romanised) =>
                "name agrees in another romanisation",
            (MatchLevel.Close, MatchLevel.Exact) => "given name agrees, and the family name is spelt a little differently",
            (MatchLevel.Exact, MatchLevel.Slip) => "family name agrees, and the given name but for a slip in typing",
            (_, MatchLevel.Initial) => "name agrees as far as the initial of the given name",
            _ => "name partly agrees",
        };

    private static string BirthDate(IdentityMatch match) => match.LevelOf(MatchField.BirthDate) switch
    {
        MatchLevel.Year or MatchLevel.YearAndMonth => "birth date agrees as far as it is said",
        MatchLevel.Swapped => "birth date agrees with day and month exchanged",
        MatchLevel.OneDigit => "birth date differs in one digit",
        _ => "birth date differs",
    };

    private static string? Other(FieldAgreement field) => (field.Field, field.Level) switch
    {
        (MatchField.Sex, MatchLevel.Exact) => $"sex agrees: {field.Claimed}",
        (MatchField.Sex, _) => $"sex differs: {field.Claimed} in the record, {field.Known} in the case",
        (MatchField.Postcode, MatchLevel.Exact) => $"postcode agrees: {field.Claimed}",
        (MatchField.Postcode, MatchLevel.Area) => $"postcode of the same district: {field.Claimed} and {field.Known}",
        (MatchField.Postcode, _) => $"postcode differs: {field.Claimed} in the record, {field.Known} in the case",
        (MatchField.Phone, MatchLevel.Exact) => "telephone number agrees",
        (MatchField.Phone, _) => "telephone number differs",
        (MatchField.Identifier, MatchLevel.Padded) => $"the number agrees but for zeros or signs: {field.Claimed}, and {field.Known}",
        (MatchField.Identifier, MatchLevel.Different) => $"another number of the same issuer: {field.Claimed}, and {field.Known}",
        _ => null,
    };

    private static string Veto(MatchVeto veto) => veto switch
    {
        MatchVeto.SexConflict => "a person has to look: the sexes differ",
        MatchVeto.BirthDateConflict => "a person has to look: the birth dates differ in more than one digit",
        MatchVeto.Twin => "a person has to look: the same family name and birth date with another given name may be a twin",
        MatchVeto.Generation => "a person has to look: Jr, Sr or a number after the name does not agree; it may be a parent or a child",
        MatchVeto.PlaceholderName => "a person has to look: the name is one that is given to patients whose name is not known",
        MatchVeto.PlaceholderBirthDate => "a person has to look: 1 January often stands for an unknown birth date",
        MatchVeto.ReusedIdentifier => "a person has to look: the identifier is known, but the rest describes somebody else",
        MatchVeto.CloseCandidates => "a person has to look: more than one patient fits",
        _ => throw new ArgumentOutOfRangeException(nameof(veto), veto, "A veto without words."),
    };

    private static string Text(PersonName name) => $"{name.Family}, {name.Given}{Suffix(name)}".Trim(',', ' ');

    private static string Suffix(PersonName name) => string.IsNullOrEmpty(name.Suffix) ? string.Empty : $" {name.Suffix}";
}
