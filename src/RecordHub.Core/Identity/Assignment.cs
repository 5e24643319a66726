using RecordHub.Core.Cases;
using RecordHub.Core.Identity.Matching;

namespace RecordHub.Core.Identity;

/// <summary>
/// Decides whose a record is. Never a false link: what is not certain is held. A case that the sender named is
/// verified, not believed; without one an identifier known to be the patient's files by itself, and last a certain match of
/// name, birth date and what else is said.
/// </summary>
public static class Assignment
{
    /// <summary>Why a record is filed by name, birth date and what else is said, without an identifier that was known.</summary>
    public const string CertainMatchReason = "certain-match";

    /// <summary>Why what is sent for a case that takes nothing any more is held.</summary>
    public const string ClosedReason = "case-closed";

    /// <summary>Why what names nobody is filed to the case that it was sent for.</summary>
    public const string NamesNobodyReason = "names-nobody";

    /// <summary>Why it is held: what came with it, or is of its study, names somebody.</summary>
    public const string AmongOthersReason = "names-nobody-among-others";

    private const int MostSuggestions = 5;

    private static readonly MatchWeights s_weights = MatchWeights.BuiltIn;

    /// <summary>Weighs a record's claim against what is known.</summary>
    public static AssignmentDecision Decide(PatientClaim claim, AssignmentEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(evidence);
        evidence = evidence.WithoutOwn();
        if (claim.ByReferenceOnly)
        {
            return Hold(
                "patient-by-reference-only",
                "The record points to a patient that it does not carry, or to more than one, so nobody can verify whose it is.",
                ["the record refers to a patient without a name, a birth date or an identifier, or names several people"],
                claim, evidence);
        }

        AssignmentDecision decision = evidence.NamedNumber.IsNone ? ByIdentifier(claim, evidence) : Verify(claim, evidence);
        return EmbeddedDisagreement.Of(LinkRefusal.Of(decision, claim, evidence.TakenBack), claim, evidence, s_weights);
    }

    /// <summary>The record belongs to the case because a person said so; what is known by it is linked.</summary>
    public static AssignmentDecision ByPerson(PatientClaim claim, CaseFile file, AssignmentEvidence evidence, string by)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(evidence);
        PatientIdentifier[] taken = [.. Identifiers.Issued(claim.Identifiers)
            .Where(one => evidence.Linked.Any(other => other.Patient.Id != file.Patient.Id && Knows(other.Patient, one)))];
        IdentifierLink[] refused = [.. evidence.TakenBack.Where(link => link.PatientId == file.Patient.Id)];
        string[] lines =
        [
            $"assigned by {by}",
            .. MatchExplanation.Lines(PersonMatcher.Compare(claim, file.Patient, s_weights), claim, file.Patient),
            .. taken.Select(one => $"identifier {one.Value} of {one.Issuer} stays with the other patient that it is linked to"),
            .. refused.Select(LinkRefusal.Line),
        ];
        return new AssignmentDecision.File(
            file, "assigned", $"{by} assigned it to case {file.Number}.", lines,
            NewLinks(claim, file.Patient, [.. taken, .. refused.Select(link => link.Identifier)], $"assigned by {by}"));
    }

    private static AssignmentDecision Verify(PatientClaim claim, AssignmentEvidence evidence)
    {
        CaseNumber number = evidence.NamedNumber;
        if (evidence.Named is not { } file)
        {
            return Hold(
                "no-such-case", $"It came for case {number}, which does not exist.", [$"the sender named case {number}"],
                claim, evidence);
        }

        if (!evidence.Takes(file))
        {
            return Hold(
                ClosedReason, $"It came for case {number}, which is {file.Status}.", [$"the sender named case {number}"],
                claim, evidence);
        }

        if (claim.NamesNobody && evidence.AmongOthers)
        {
            return Hold(
                AmongOthersReason,
                $"It came for case {number} in one file with records of named patients, but does not say whose it is.",
                [$"the sender named case {number}", "the record names no patient; others in the same file do"], claim,
                evidence);
        }

        if (claim.NamesNobody && evidence.StudyOfOthers)
        {
            return Hold(
                AmongOthersReason,
                $"It came for case {number} and does not say whose it is, but images of its study that name somebody are not in that case.",
                [$"the sender named case {number}", "the record names no patient; others of the same study do"], claim, evidence);
        }

        IdentityMatch match = PersonMatcher.Compare(claim, file.Patient, s_weights);
        if (claim.NamesNobody && IsUnopposed(match))
        {
            return new AssignmentDecision.File(
                file, NamesNobodyReason, $"It came for case {number}; the record names no patient.",
                [
                    $"the sender named case {number}", "the record names no patient",
                    .. claim.IsNobody ? [] : MatchExplanation.Lines(match, claim, file.Patient),
                ],
                []);
        }

        IReadOnlyList<PatientIdentifier> issued = Identifiers.Issued(claim.Identifiers);
        PatientIdentifier[] known = [.. issued.Where(one => Knows(file.Patient, one))];
        List<string> lines =
            [$"the sender named case {number}", .. MatchExplanation.Lines(match, claim, file.Patient), .. known.Select(Line)];
        if (issued.Any(one => evidence.Linked.Any(other => other.Patient.Id != file.Patient.Id && Knows(other.Patient, one))))
        {
            lines.AddRange(issued.Except(known).Select(one => $"identifier {one.Value} of {one.Issuer} is another patient's"));
            return Hold(
                "identifier-of-another-patient",
                $"It came for case {number}, but an identifier in it is known to be another patient's.", lines, claim,
                evidence);
        }

        // The sender has chosen among all cases already, so less is needed than to choose by name and birth date.
        bool agrees = known.Length > 0 || (match.IsComplete && match.Bits >= s_weights.Named);
        return agrees && match.Vetoes.Count == 0
            ? new AssignmentDecision.File(
                file, "verified", $"It came for case {number}, and the record agrees.", lines,
                NewLinks(claim, file.Patient, [], "verified"))
            : Hold(
                "patient-disagrees",
                match.Vetoes.Contains(MatchVeto.PlaceholderName)
                    ? $"It came for case {number}, but its name is one that is given to patients whose name is not known."
                    : match.Vetoes.Count > 0 || match.Grade == MatchGrade.CertainlyNot
                    ? $"It came for case {number}, but it names somebody else."
                    : $"It came for case {number}, but it does not say enough to verify whose it is.",
                lines, claim, evidence);
    }

    // That a birth date is 1 January speaks neither for nor against anybody who is not named.
    private static bool IsUnopposed(IdentityMatch match) => match.Vetoes.All(veto => veto == MatchVeto.PlaceholderBirthDate)
        && match.LevelOf(MatchField.BirthDate) is MatchLevel.Unsaid or MatchLevel.Year or MatchLevel.YearAndMonth or MatchLevel.Exact;

    private static AssignmentDecision ByIdentifier(PatientClaim claim, AssignmentEvidence evidence)
    {
        IReadOnlyList<PatientIdentifier> issued = Identifiers.Issued(claim.Identifiers);
        CaseFile[] linked = [.. evidence.Linked.Where(file => issued.Any(one => Knows(file.Patient, one)))
            .DistinctBy(file => file.Number).OrderBy(file => file.Number.Value)];
        if (linked.Select(file => file.Patient.Id).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            return Hold(
                "identifiers-of-several-patients", "Its identifiers are known to be those of different patients.",
                [.. issued.Select(Line)], claim, evidence);
        }

        CaseFile[] open = evidence.Open(linked);
        if (open is [])
        {
            return (linked is [] ? CertainMatch.Among(claim, evidence, s_weights) : null)
                ?? Hold("no-matching-case", NoCase(claim, linked), [.. Missing(claim, issued, linked)], claim, evidence);
        }

        IdentityMatch match = PersonMatcher.Compare(claim, open[0].Patient, s_weights);
        string[] lines =
        [
            .. issued.Where(one => Knows(open[0].Patient, one)).Select(Line),
            .. MatchExplanation.Lines(match, claim, open[0].Patient),
        ];
        if (match.Vetoes.Count > 0)
        {
            // Whose the number is, and whom it names.
            AssignmentDecision.Hold hold = Hold(
                "reused-identifier", "Its identifier is known, but it names somebody else: a reused number or a mix-up.",
                lines, claim,
                evidence with
                {
                    Linked = [.. evidence.Linked.ExceptBy(open.Select(file => file.Number), file => file.Number)],
                    Candidates = [.. evidence.Candidates.ExceptBy(open.Select(file => file.Number), file => file.Number)],
                });
            return hold with
            {
                SuggestedCases = [.. open.Select(file => file.Number).Take(MostSuggestions).Union(hold.SuggestedCases).OrderBy(number => number.Value)],
            };
        }

        return open is [CaseFile only]
            ? new AssignmentDecision.File(
                only, "linked-identifier", $"Its identifier is known to be the patient's of case {only.Number}.", lines, [])
            : new AssignmentDecision.Hold(
                "several-open-cases", "The patient has more than one open case.", lines,
                [.. open.Select(file => file.Number)]);
    }

    private static string NoCase(PatientClaim claim, CaseFile[] linked) =>
        linked.Length > 0 ? "The patient is known, but has no open case."
        : claim.NamesNobody ? "It names no patient, and came for no case."
        : "No open case is known for the patient that it names.";

    private static IEnumerable<string> Missing(
        PatientClaim claim, IReadOnlyList<PatientIdentifier> issued, CaseFile[] linked)
    {
        if (linked.Length > 0)
        {
            return linked.Select(file => $"case {file.Number} of the patient is {file.Status}");
        }

        List<string> lines = [.. issued.Select(one => $"identifier {one.Value} of {one.Issuer} is linked to nobody")];
        if (claim.Identifiers.Count > 0 && issued.Count == 0)
        {
            lines.Add("its identifier does not say who issued it, so it proves nothing by itself");
        }

        if (claim.NamesNobody)
        {
            lines.Add("the record names no patient");
        }

        return lines;
    }

    private static AssignmentDecision.Hold Hold(
        string reason, string explanation, IReadOnlyList<string> lines, PatientClaim claim, AssignmentEvidence evidence)
    {
        (CaseFile File, IdentityMatch Match)[] alike =
        [
            .. CertainMatch.Rank(claim, evidence.Candidates.Concat(evidence.Linked).Where(file => file.IsOpen), s_weights)
                .Where(pair => pair.Match.Bits >= s_weights.Probable && !pair.Match.Vetoes.Contains(MatchVeto.SexConflict))
                .Take(MostSuggestions),
        ];
        IEnumerable<string> why = alike.Where(pair => pair.File.Number != evidence.NamedNumber).Select(pair =>
            $"case {pair.File.Number} has a patient who may be the same; {MatchExplanation.Weight(pair.Match, s_weights)}");
        return new AssignmentDecision.Hold(
            reason, explanation, [.. lines, .. why], [.. alike.Select(pair => pair.File.Number).OrderBy(number => number.Value)]);
    }

    private static bool Knows(CasePatient patient, PatientIdentifier identifier) =>
        patient.Identifiers.Any(one => Identifiers.Canonical(one) == identifier);

    private static string Line(PatientIdentifier one) => $"identifier {one.Value} of {one.Issuer} is known";

    private static IdentifierLink[] NewLinks(
        PatientClaim claim, CasePatient patient, PatientIdentifier[] taken, string because) =>
        [.. Identifiers.Issued(claim.Identifiers).Except(taken)
            .Select(one => new IdentifierLink(one, patient.Id, because))];
}
