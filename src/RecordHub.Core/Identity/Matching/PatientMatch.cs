using System.Text.Json;
using RecordHub.Core.Normalization.FhirInput;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Identity.Matching;

/// <summary>Ranks the Patients that somebody may be (R4 <c>Patient/$match</c>). Pure.</summary>
public static class PatientMatch
{
    private static readonly MatchWeights s_weights = MatchWeights.BuiltIn;

    /// <summary>What a Patient resource says of its person.</summary>
    public static PatientClaim Read(JsonElement patient) => FhirClaim.OfPatient(patient, null);

    /// <summary>Keys of which each Patient worth comparing has at least one. Without a birth date the name has to do.</summary>
    public static IReadOnlyList<string> KeysOf(PatientClaim claim)
    {
        Person person = Person.Of(claim, s_weights);
        return [.. BlockingKeys.Of(person).Where(key => person.BirthDate is null || !IsNameAlone(key))];
    }

    /// <summary>Those that are not certainly somebody else, best first. Nobody is certain whom another runs close.</summary>
    public static IReadOnlyList<(ResourceVersion Patient, IdentityMatch Match)> Rank(
        PatientClaim claim, IEnumerable<ResourceVersion> candidates)
    {
        Person claimed = Person.Of(claim, s_weights);
        (ResourceVersion Patient, IdentityMatch Match)[] ranked =
        [
            .. candidates.Select(one => (Patient: one, Match: PersonMatcher.Compare(claimed, Known(one), s_weights)))
                .Where(pair => pair.Match.Grade != MatchGrade.CertainlyNot)
                .OrderByDescending(pair => pair.Match.Grade).ThenByDescending(pair => pair.Match.Bits)
                .ThenBy(pair => pair.Patient.Id, StringComparer.Ordinal),
        ];
        return ranked is [{ Match.Grade: MatchGrade.Certain } best, ..]
            && ranked.Skip(1).Any(pair => pair.Match.Bits > best.Match.Bits - s_weights.Margin)
                ? [.. ranked.Select(pair => (pair.Patient, Uncertain(pair.Match)))]
                : ranked;
    }

    /// <summary>The chance that the two are one, from 0 to 1: its bits beside the odds of any two records.</summary>
    public static double ScoreOf(IdentityMatch match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return 1 / (1 + Math.Pow(2, s_weights.Prior - match.Bits));
    }

    private static Person Known(ResourceVersion patient)
    {
        using JsonDocument document = JsonDocument.Parse(patient.Json);
        return Person.Of(FhirClaim.OfPatient(document.RootElement, null), s_weights);
    }

    private static IdentityMatch Uncertain(IdentityMatch match) => match.Grade != MatchGrade.Certain
        ? match
        : match with { Grade = MatchGrade.Probable, Vetoes = [.. match.Vetoes, MatchVeto.CloseCandidates] };

    // n:family|given without a year is shared by all namesakes.
    private static bool IsNameAlone(string key) => key.StartsWith("n:", StringComparison.Ordinal) && key.Count(c => c == '|') == 1;
}
