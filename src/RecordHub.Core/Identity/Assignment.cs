using RecordHub.Core.Cases;

namespace RecordHub.Core.Identity;

/// <summary>
/// Decides whose a record is. Never a false link: what is not certain is held. A case that the sender named is
/// verified, not believed; without one only an identifier known to be the patient's files by itself.
/// </summary>
public static class Assignment
{
    private const int MostSuggestions = 5;

    /// <summary>Weighs a record's claim against what is known.</summary>
    public static AssignmentDecision Decide(PatientClaim claim, AssignmentEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(evidence);
        if (claim.ByReferenceOnly)
        {
            return Hold(
                "patient-by-reference-only",
                "The record points to a patient that it does not carry, or to more than one, so nobody can verify whose it is.",
                ["the record refers to a patient without a name, a birth date or an identifier, or names several people"],
                claim, evidence);
        }

        return evidence.NamedNumber.IsNone ? ByIdentifier(claim, evidence) : Verify(claim, evidence);
    }

    /// <summary>The record belongs to the case because a person said so; what is known by it is linked.</summary>
    public static AssignmentDecision ByPerson(PatientClaim claim, CaseFile file, AssignmentEvidence evidence, string by)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(evidence);
        PatientIdentifier[] taken = [.. Identifiers.Issued(claim.Identifiers)
            .Where(one => evidence.Linked.Any(other => other.Patient.Id != file.Patient.Id && Knows(other.Patient, one)))];
        string[] lines =
        [
            $"assigned by {by}",
            .. ClaimMatch.Of(claim, file.Patient).Lines,
            .. taken.Select(one => $"identifier {one.Value} of {one.Issuer} stays with the other patient that it is linked to"),
        ];
        return new AssignmentDecision.File(
            file, "assigned", $"{by} assigned it to case {file.Number}.", lines,
            NewLinks(claim, file.Patient, taken, $"assigned by {by}"));
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

        if (!file.IsOpen)
        {
            return Hold(
                "case-closed", $"It came for case {number}, which is {file.Status}.", [$"the sender named case {number}"],
                claim, evidence);
        }

        if (claim.IsNobody && evidence.AmongOthers)
        {
            return Hold(
                "names-nobody-among-others",
                $"It came for case {number} in one file with records of named patients, but does not say whose it is.",
                [$"the sender named case {number}", "the record names no patient; others in the same file do"], claim,
                evidence);
        }

        ClaimMatch match = ClaimMatch.Of(claim, file.Patient);
        if (claim.IsNobody && !match.Contradicts)
        {
            return new AssignmentDecision.File(
                file, "names-nobody", $"It came for case {number}; the record names no patient.",
                [$"the sender named case {number}", "the record names no patient"], []);
        }

        IReadOnlyList<PatientIdentifier> issued = Identifiers.Issued(claim.Identifiers);
        PatientIdentifier[] known = [.. issued.Where(one => Knows(file.Patient, one))];
        List<string> lines = [$"the sender named case {number}", .. match.Lines, .. known.Select(Line)];
        if (issued.Any(one => evidence.Linked.Any(other => other.Patient.Id != file.Patient.Id && Knows(other.Patient, one))))
        {
            lines.AddRange(issued.Except(known).Select(one => $"identifier {one.Value} of {one.Issuer} is another patient's"));
            return Hold(
                "identifier-of-another-patient",
                $"It came for case {number}, but an identifier in it is known to be another patient's.", lines, claim,
                evidence);
        }

        bool verified = match.SamePerson || (known.Length > 0 && !match.Contradicts);
        return verified
            ? new AssignmentDecision.File(
                file, "verified", $"It came for case {number}, and the record agrees.", lines,
                NewLinks(claim, file.Patient, [], "verified"))
            : Hold(
                "patient-disagrees",
                match.Contradicts
                    ? $"It came for case {number}, but it names somebody else."
                    : $"It came for case {number}, but it does not say enough to verify whose it is.",
                lines, claim, evidence);
    }

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

        CaseFile[] open = [.. linked.Where(file => file.IsOpen)];
        if (open is [])
        {
            return Hold("no-matching-case", NoCase(claim, linked), [.. Missing(claim, issued, linked)], claim, evidence);
        }

        ClaimMatch match = ClaimMatch.Of(claim, open[0].Patient);
        string[] lines = [.. issued.Where(one => Knows(open[0].Patient, one)).Select(Line), .. match.Lines];
        if (match.Contradicts)
        {
            return new AssignmentDecision.Hold(
                "reused-identifier", "Its identifier is known, but it names somebody else: a reused number or a mix-up.",
                lines, [.. open.Select(file => file.Number).Take(MostSuggestions)]);
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
        : claim.IsNobody ? "It names no patient, and came for no case."
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

        if (claim.IsNobody)
        {
            lines.Add("the record names no patient");
        }

        return lines;
    }

    private static AssignmentDecision.Hold Hold(
        string reason, string explanation, IReadOnlyList<string> lines, PatientClaim claim, AssignmentEvidence evidence)
    {
        (CaseFile File, ClaimMatch Match)[] alike = [.. evidence.Candidates.Concat(evidence.Linked)
            .Where(file => file.IsOpen).DistinctBy(file => file.Number).OrderBy(file => file.Number.Value)
            .Select(file => (file, ClaimMatch.Of(claim, file.Patient))).Where(pair => pair.Item2.Alike)
            .Take(MostSuggestions)];
        IEnumerable<string> why = alike.Where(pair => pair.File.Number != evidence.NamedNumber)
            .Select(pair => $"case {pair.File.Number} has a patient of the same name and birth date");
        return new AssignmentDecision.Hold(reason, explanation, [.. lines, .. why], [.. alike.Select(pair => pair.File.Number)]);
    }

    private static bool Knows(CasePatient patient, PatientIdentifier identifier) =>
        patient.Identifiers.Any(one => Identifiers.Canonical(one) == identifier);

    private static string Line(PatientIdentifier one) => $"identifier {one.Value} of {one.Issuer} is known";

    private static IdentifierLink[] NewLinks(
        PatientClaim claim, CasePatient patient, PatientIdentifier[] taken, string because) =>
        [.. Identifiers.Issued(claim.Identifiers).Except(taken)
            .Select(one => new IdentifierLink(one, patient.Id, because))];
}
