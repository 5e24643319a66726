namespace RecordHub.Core.Identity;

/// <summary>What a person has said is not a patient's number files nothing into that patient's cases by itself.</summary>
internal static class LinkRefusal
{
    internal static AssignmentDecision Of(
        AssignmentDecision decision, PatientClaim claim, IReadOnlyList<IdentifierLink> takenBack)
    {
        if (decision is not AssignmentDecision.File file)
        {
            return decision;
        }

        IReadOnlyList<PatientIdentifier> issued = Identifiers.Issued(claim.Identifiers);
        IdentifierLink[] refused =
            [.. takenBack.Where(link => link.PatientId == file.Case.Patient.Id && issued.Contains(link.Identifier))];
        return refused is [] ? decision : new AssignmentDecision.Hold(
            "link-taken-back", $"It fits case {file.Case.Number}, but a person has said that its identifier is not that patient's.",
            [.. refused.Select(Line), .. file.Evidence], [file.Case.Number]);
    }

    internal static string Line(IdentifierLink link) =>
        $"identifier {link.Identifier.Value} of {link.Identifier.Issuer} is not this patient's, says {link.Because}";
}
