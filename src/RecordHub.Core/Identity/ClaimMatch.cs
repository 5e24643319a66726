using RecordHub.Core.Cases;

namespace RecordHub.Core.Identity;

/// <summary>A record's claim beside a case's patient: what agrees, what contradicts, in lines a coordinator reads.</summary>
internal sealed record ClaimMatch
{
    /// <summary>Name and full birth date agree, and the sex does not speak against it.</summary>
    public required bool SamePerson { get; init; }

    /// <summary>It may well be the same person: worth a suggestion, not enough to file by.</summary>
    public required bool Alike { get; init; }

    /// <summary>Something forces a person to look at it, whatever else agrees.</summary>
    public required bool Contradicts { get; init; }

    /// <summary>What was compared, both sides in each line.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    public override string ToString() => nameof(ClaimMatch);

    internal static ClaimMatch Of(PatientClaim claim, CasePatient patient)
    {
        NameAgreement name = NameMatch.Compare(claim.Names, patient.Name);
        int differing = claim.BirthDate is { } date ? Differing(date, patient.BirthDate) : 0;
        bool sameDate = claim.BirthDate == patient.BirthDate && patient.BirthDate.Day != 0;
        bool sexConflict = claim.Sex != AdministrativeSex.Unknown && patient.Sex != AdministrativeSex.Unknown
            && claim.Sex != patient.Sex;
        bool standInName = claim.Names.Any(NameMatch.IsStandIn);
        bool standInDate = claim.BirthDate is { Month: 1, Day: 1 };
        return new ClaimMatch
        {
            // Names and dates that are filled in for want of better ones agree with anybody's.
            SamePerson = name == NameAgreement.Same && sameDate && !sexConflict && !standInName && !standInDate,
            Alike = name is NameAgreement.Same or NameAgreement.Unclear && sameDate && !sexConflict,

            // The same family name with another given name is a twin until somebody says otherwise.
            Contradicts = sexConflict || differing > 1 || name is NameAgreement.Different or NameAgreement.OtherGiven,
            Lines =
            [
                .. LinesOf(claim, patient, name, sameDate, differing, sexConflict),
                .. standInName ? ["the name is one that is given to patients whose name is not known"] : Array.Empty<string>(),
                .. standInDate ? ["1 January often stands for an unknown birth date"] : Array.Empty<string>(),
            ],
        };
    }

    // Only components that both sides say are compared.
    private static int Differing(PartialDate a, PartialDate b) =>
        (a.Year != b.Year ? 1 : 0)
        + (a.Month != 0 && b.Month != 0 && a.Month != b.Month ? 1 : 0)
        + (a.Day != 0 && b.Day != 0 && a.Day != b.Day ? 1 : 0);

    private static IEnumerable<string> LinesOf(
        PatientClaim claim, CasePatient patient, NameAgreement name, bool sameDate, int differing, bool sexConflict)
    {
        string known = Text(patient.Name);
        yield return name switch
        {
            NameAgreement.Unsaid => $"name: the record says none; the case has {known}",
            NameAgreement.Same => $"name agrees: {Text(claim.Names)} in the record, {known} in the case",
            NameAgreement.Unclear => $"name partly agrees: {Text(claim.Names)} in the record, {known} in the case",
            NameAgreement.OtherGiven => $"given name differs: {Text(claim.Names)} in the record, {known} in the case",
            _ => $"name differs: {Text(claim.Names)} in the record, {known} in the case",
        };
        yield return claim.BirthDate is not { } date
            ? $"birth date: the record says none; the case has {patient.BirthDate}"
            : sameDate ? $"birth date agrees: {date}"
            : differing == 0 ? $"birth date agrees as far as it is said: {date} in the record, {patient.BirthDate} in the case"
            : $"birth date differs: {date} in the record, {patient.BirthDate} in the case";
        if (claim.Sex != AdministrativeSex.Unknown && patient.Sex != AdministrativeSex.Unknown)
        {
            yield return sexConflict
                ? $"sex differs: {Text(claim.Sex)} in the record, {Text(patient.Sex)} in the case"
                : $"sex agrees: {Text(claim.Sex)}";
        }
    }

    private static string Text(IReadOnlyList<PersonName> names) =>
        string.Join(" = ", names.Select(Text).Distinct(StringComparer.Ordinal).Take(3));

    private static string Text(PersonName name) => $"{name.Family}, {name.Given}".Trim(',', ' ');

    private static string Text(AdministrativeSex sex) => sex.ToString().ToLowerInvariant();
}
