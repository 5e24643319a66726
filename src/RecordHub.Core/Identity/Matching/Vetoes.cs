namespace RecordHub.Core.Identity.Matching;

/// <summary>What forces a person to look at a match, whatever its score.</summary>
internal static class Vetoes
{
    internal static IEnumerable<MatchVeto> Of(
        Person claimed, Person known, NameComparison? names, IReadOnlyList<FieldAgreement> fields)
    {
        MatchLevel birthDate = fields[(int)MatchField.BirthDate].Level;
        bool shares = fields[(int)MatchField.Identifier].Level == MatchLevel.Exact;
        bool sameName = names is { Family: MatchLevel.Exact or MatchLevel.Swapped, Given: MatchLevel.Exact };
        if (fields[(int)MatchField.Sex].Level == MatchLevel.Different)
        {
            yield return MatchVeto.SexConflict;
        }

        // Stricter than "more than one component": a year of another decade is a parent's, one digit is a typing error.
        if (birthDate is MatchLevel.Different or MatchLevel.OneComponent)
        {
            yield return MatchVeto.BirthDateConflict;
        }

        // The names of twins rhyme, or share a syllable: one letter off is no typing error here, unless no two names differ so.
        if (names is
            {
                Given: MatchLevel.Different or MatchLevel.Part or MatchLevel.Close or MatchLevel.Slip,
                Family: not (MatchLevel.Different or MatchLevel.Unsaid),
            }
            && !(shares && names.Given == MatchLevel.Slip)
            && birthDate is MatchLevel.Exact or MatchLevel.YearAndMonth or MatchLevel.Year)
        {
            yield return MatchVeto.Twin;
        }

        if (names is not null && IsGeneration(names.Claimed.Generation, names.Known.Generation, shares))
        {
            yield return MatchVeto.Generation;
        }

        // Also where the two names are in writings that cannot be compared.
        if (claimed.Names.Any(name => name.IsPlaceholder) || (names is not null && known.Names.Any(name => name.IsPlaceholder)))
        {
            yield return MatchVeto.PlaceholderName;
        }

        // Some people are born on 1 January: a known identifier with the same name settles it.
        if (birthDate != MatchLevel.Unsaid && (IsStandIn(claimed.BirthDate) || IsStandIn(known.BirthDate)) && !(shares && sameName))
        {
            yield return MatchVeto.PlaceholderBirthDate;
        }

        if (shares && (IsSomebodyElse(names, fields) || IsUnverified(claimed, known, names, birthDate)))
        {
            yield return MatchVeto.ReusedIdentifier;
        }
    }

    // When only one side says which of the two it is, a known identifier settles it and the name alone does not.
    private static bool IsGeneration(string? claimed, string? known, bool shares) =>
        claimed != known && (!shares || (claimed is not null && known is not null));

    private static bool IsStandIn(PartialDate? date) => date is { Month: 1, Day: 1 };

    // A family name changes by marriage, and a name in another script says nothing for or against: the birth date has to.
    private static bool IsUnverified(Person claimed, Person known, NameComparison? names, MatchLevel birthDate) =>
        birthDate == MatchLevel.Unsaid
        && (names is { Family: MatchLevel.Different } || (names is null && claimed.Names.Count > 0 && known.Names.Count > 0));

    private static bool IsSomebodyElse(NameComparison? names, IReadOnlyList<FieldAgreement> fields)
    {
        bool otherName = names is { Given: MatchLevel.Different }
            or { Family: MatchLevel.Different, Given: MatchLevel.Unsaid or MatchLevel.Initial or MatchLevel.Part };
        return otherName || fields.Where(field => field.Field != MatchField.Identifier).Sum(field => field.Bits) < 0;
    }
}
