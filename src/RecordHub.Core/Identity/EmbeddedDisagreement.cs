using RecordHub.Core.Cases;
using RecordHub.Core.Identity.Matching;

namespace RecordHub.Core.Identity;

/// <summary>
/// A record is not filed by its envelope alone (PID, recordTarget, subject, DICOM header) while a document inside it names
/// somebody else: by mistake one patient's report is sent in another one's message. Pure.
/// </summary>
internal static class EmbeddedDisagreement
{
    /// <summary>Why a record is held whose envelope fits.</summary>
    internal const string Reason = "part-disagrees";

    internal static AssignmentDecision Of(
        AssignmentDecision decision, PatientClaim envelope, AssignmentEvidence evidence, MatchWeights weights)
    {
        if (decision is not AssignmentDecision.File file || envelope.Inside is not { } inside)
        {
            return decision;
        }

        foreach (EmbeddedClaim document in inside)
        {
            string[] against = [.. Against(document.Claim, envelope, file.Case.Patient, evidence, weights)];
            if (against is not [])
            {
                return new AssignmentDecision.Hold(
                    Reason,
                    $"It fits case {file.Case.Number}, but a part of it names somebody else: {document.Where}.",
                    [.. against.Select(line => $"{document.Where}: {line}"), .. file.Evidence], [file.Case.Number]);
            }
        }

        return decision;
    }

    /// <summary>Whether a match says that two are not one person; a name or date that stands for none says nothing.</summary>
    internal static bool IsSomebodyElse(IdentityMatch match) => match.Grade == MatchGrade.CertainlyNot
        || match.Vetoes.Any(veto => veto is not (MatchVeto.PlaceholderName or MatchVeto.PlaceholderBirthDate));

    private static IEnumerable<string> Against(
        PatientClaim document, PatientClaim envelope, CasePatient patient, AssignmentEvidence evidence, MatchWeights weights)
    {
        if (document.ByReferenceOnly)
        {
            return ["it names several people, or one whom it does not describe"];
        }

        IReadOnlyList<PatientIdentifier> issued = Identifiers.Issued(document.Identifiers);
        PatientIdentifier[] others = [.. issued.Where(one => evidence.Linked.Any(file => file.Patient.Id != patient.Id && Knows(file.Patient, one)))];
        if (others is not [])
        {
            return others.Select(one => $"identifier {one.Value} of {one.Issuer} is another patient's");
        }

        IdentifierLink[] refused =
            [.. evidence.TakenBack.Where(link => link.PatientId == patient.Id && issued.Contains(link.Identifier))];
        if (refused is not [])
        {
            return refused.Select(LinkRefusal.Line);
        }

        // The envelope's number, where it is known, settles for the document what it settles for the record.
        PatientClaim said = document with
        {
            Identifiers = [.. issued, .. Identifiers.Issued(envelope.Identifiers).Where(one => Knows(patient, one))],
        };
        if (said.Names.Any(name => NormalName.Of(name, weights).IsPlaceholder))
        {
            said = said with { Names = [] };
        }

        if (said.Names.Count == 0 && said.BirthDate is null && said.Sex == AdministrativeSex.Unknown)
        {
            return [];
        }

        IdentityMatch match = PersonMatcher.Compare(said, patient, weights);
        return IsSomebodyElse(match) ? MatchExplanation.Lines(match, said, patient) : [];
    }

    private static bool Knows(CasePatient patient, PatientIdentifier identifier) =>
        patient.Identifiers.Any(one => Identifiers.Canonical(one) == identifier);
}
