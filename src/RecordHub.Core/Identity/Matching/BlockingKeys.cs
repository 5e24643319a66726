using System.Globalization;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Identity.Matching;

/// <summary>
/// Keys of which two records of one person share at least one, so that the database finds whom to compare. They are kept in
/// the search index of Patients, as a parameter that no client can ask for.
/// </summary>
internal static class BlockingKeys
{
    private const int MostWords = 4;

    /// <summary>The name of the parameter.</summary>
    internal const string Parameter = "_match";

    internal static IEnumerable<IndexEntry> Index(PatientClaim claim, MatchWeights weights) =>
        Of(Person.Of(claim, weights)).Select(key => new IndexEntry(Parameter, IndexKind.Token, string.Empty, key));

    internal static IReadOnlyList<string> Of(Person person)
    {
        HashSet<string> keys = [];
        foreach (PatientIdentifier one in person.Identifiers)
        {
            keys.Add(IdentityKeys.Of(one));
        }

        if (person.BirthDate is { Day: > 0 } date)
        {
            keys.Add(IdentityKeys.Of(date));
        }

        foreach (NormalName name in person.Names.Where(name => !name.IsPlaceholder))
        {
            AddName(keys, name, person.BirthDate);
        }

        return [.. keys.Order(StringComparer.Ordinal)];
    }

    private static void AddName(HashSet<string> keys, NormalName name, PartialDate? birthDate)
    {
        string given = name.Given.IsEmpty ? string.Empty : NamePart.Simplify(name.Given.Words[0][0]);
        foreach (string family in name.FamilyCore.Words.Take(MostWords).Select(word => NamePart.Simplify(word[0])))
        {
            // The same with family and given name exchanged.
            string both = string.CompareOrdinal(family, given) < 0 ? $"{family}|{given}" : $"{given}|{family}";
            keys.Add($"n:{both}");
            if (birthDate is { } date)
            {
                keys.Add(string.Create(CultureInfo.InvariantCulture, $"n:{both}|{date.Year:D4}"));
            }

            // Each leaves one component of the date out.
            if (birthDate is { Day: > 0 } full)
            {
                keys.Add(string.Create(CultureInfo.InvariantCulture, $"f:{family}|{full.Year:D4}-{full.Month:D2}-"));
                keys.Add(string.Create(CultureInfo.InvariantCulture, $"f:{family}|{full.Year:D4}--{full.Day:D2}"));
                keys.Add(string.Create(CultureInfo.InvariantCulture, $"f:{family}|-{full.Month:D2}-{full.Day:D2}"));
            }
        }
    }
}
