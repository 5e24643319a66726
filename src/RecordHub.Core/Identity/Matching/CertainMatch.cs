using RecordHub.Core.Cases;

namespace RecordHub.Core.Identity.Matching;

/// <summary>The case of a patient who is certainly the record's by name, birth date and what else is said.</summary>
internal static class CertainMatch
{
    /// <summary>Files into the one open case of the one certain patient; holds where there are two; null where there is none.</summary>
    internal static AssignmentDecision? Among(PatientClaim claim, AssignmentEvidence evidence, MatchWeights weights)
    {
        (CaseFile File, IdentityMatch Match)[] ranked = [.. Rank(claim, evidence.Candidates, weights)];
        if (evidence.MoreCandidates || ranked is [] || ranked[0].Match.Grade != MatchGrade.Certain)
        {
            return null;
        }

        (CaseFile best, IdentityMatch match) = ranked[0];
        string[] lines =
        [
            .. MatchExplanation.Lines(match, claim, best.Patient), MatchExplanation.Weight(match, weights),
        ];
        CaseFile[] rivals = [.. ranked.Skip(1)
            .Where(pair => pair.File.Patient.Id != best.Patient.Id && pair.Match.Bits > match.Bits - weights.Margin)
            .Select(pair => pair.File)];
        if (rivals is not [])
        {
            return new AssignmentDecision.Hold(
                "several-patients-alike", "More than one known patient fits its name and birth date.", lines,
                [.. Of(best).Concat(rivals).Where(evidence.Takes).Select(file => file.Number).OrderBy(number => number.Value)]);
        }

        CaseFile[] open = [.. evidence.Open(Of(best)).OrderBy(file => file.Number.Value)];
        return open switch
        {
            [] => null,
            [CaseFile only] => new AssignmentDecision.File(
                only, Assignment.CertainMatchReason, $"Its name and birth date are certainly those of the patient of case {only.Number}.",
                lines,
                [.. Identifiers.Issued(claim.Identifiers).Select(one => new IdentifierLink(one, only.Patient.Id, "certain match"))]),
            _ => new AssignmentDecision.Hold(
                "several-open-cases", "The patient has more than one open case.", lines, [.. open.Select(file => file.Number)]),
        };

        IEnumerable<CaseFile> Of(CaseFile one) =>
            ranked.Select(pair => pair.File).Where(file => file.Patient.Id == one.Patient.Id);
    }

    /// <summary>The cases whose patient it may be, best first.</summary>
    internal static IEnumerable<(CaseFile File, IdentityMatch Match)> Rank(
        PatientClaim claim, IEnumerable<CaseFile> cases, MatchWeights weights)
    {
        Person claimed = Person.Of(claim, weights);
        return cases.DistinctBy(file => file.Number)
            .Where(file => BirthDateLevels.Of(claim.BirthDate, file.Patient.BirthDate) != MatchLevel.Different)
            .Select(file => (File: file, Match: PersonMatcher.Compare(claimed, Person.Of(file.Patient, weights), weights)))
            .OrderByDescending(pair => pair.Match.Bits).ThenBy(pair => pair.File.Number.Value);
    }
}
