using RecordHub.Core.Cases;
using RecordHub.Core.Identity.Matching;

namespace RecordHub.Core.Identity;

/// <summary>
/// Decides whether a sender's statement that identifiers are one patient's becomes links. A site may join what it issued
/// itself; two patients are never joined, and what describes somebody else is held. Pure.
/// </summary>
public static class MergeDecision
{
    /// <summary>Why a statement is in a patient's history: its identifiers are linked.</summary>
    public const string MergedReason = "merged";

    /// <summary>Why a statement waits: none of its identifiers is known to be anybody's yet.</summary>
    public const string NobodyReason = "merge-of-nobody-known";

    /// <summary>Weighs the statement against what is known.</summary>
    public static AssignmentDecision Decide(PatientClaim claim, IdentityMerge merge, MergeEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(merge);
        ArgumentNullException.ThrowIfNull(evidence);
        IReadOnlyList<PatientIdentifier> issued = Identifiers.Issued(claim.Identifiers);
        PatientIdentifier[] own = [.. issued.Where(one => one.Issuer == evidence.Issuer)];
        HashSet<PatientIdentifier> prior = [.. Identifiers.Issued(merge.Prior)];
        bool mayJoin = own.Any(prior.Contains) && own.Any(one => !prior.Contains(one));
        List<string> lines =
        [
            $"{evidence.By} says by {merge.Kind} that these are one patient's:", .. issued.Select(one => $"identifier {one.Value} of {one.Issuer}"),
        ];
        CaseFile[] linked = Known(evidence, [.. evidence.Own, .. evidence.Merged], mayJoin ? evidence.Joined : issued);
        if (linked is [])
        {
            return new AssignmentDecision.Pass(NobodyReason, "It joins identifiers, none of which is known to be a patient's yet.", lines);
        }

        CaseNumber[] cases = [.. linked.Where(file => file.IsOpen).Select(file => file.Number)];
        if (linked.DistinctBy(file => file.Patient.Id).Count() > 1)
        {
            return new AssignmentDecision.Hold(
                "merge-joins-patients", "It joins identifiers that are known to be those of different patients.", lines, cases);
        }

        if (!mayJoin)
        {
            return new AssignmentDecision.Hold(
                "merge-of-other-issuers", "It joins identifiers of a patient that its sender has not issued, or not both of them.",
                lines, cases);
        }

        CasePatient patient = linked[0].Patient;
        IdentityMatch match = PersonMatcher.Compare(claim, patient, MatchWeights.BuiltIn);
        IdentityMatch before = PersonMatcher.Compare(claim with { Names = merge.PriorNames }, patient, MatchWeights.BuiltIn);
        lines.AddRange(MatchExplanation.Lines(match, claim, patient));

        // A patient who came as an emergency had a name that is nobody's.
        bool hadName = merge.PriorNames.Count > 0 && !before.Vetoes.Contains(MatchVeto.PlaceholderName);
        if (match.Vetoes.Count > 0 || IsOtherName(match) || (hadName && before.Vetoes.Count > 0))
        {
            return new AssignmentDecision.Hold(
                "merge-disagrees", "It joins identifiers of a known patient, but describes somebody else.", lines, cases);
        }

        CaseFile into = linked.FirstOrDefault(file => file.Number == evidence.Current)
            ?? linked.FirstOrDefault(file => file.IsOpen) ?? linked[^1];
        CasePatient? besides = Known(evidence, evidence.Own, own).FirstOrDefault()?.Patient;
        return new AssignmentDecision.File(
            into, MergedReason, $"{evidence.By} has joined identifiers of the patient of case {into.Number}.", lines,
            [.. own.Where(one => besides is null || !Knows(besides, one))
                .Select(one => new IdentifierLink(one, patient.Id, $"{merge.Kind} of {evidence.By}"))]);
    }

    private static bool IsOtherName(IdentityMatch match) => match.LevelOf(MatchField.FamilyName) == MatchLevel.Different
        && match.LevelOf(MatchField.GivenName) == MatchLevel.Different;

    private static CaseFile[] Known(
        MergeEvidence evidence, IReadOnlyList<IdentifierLink> but, IReadOnlyList<PatientIdentifier> identifiers) =>
        [.. new AssignmentEvidence { Linked = evidence.Linked, Own = but }.WithoutOwn().Linked
            .Where(file => identifiers.Any(one => Knows(file.Patient, one))).OrderBy(file => file.Number.Value)];

    private static bool Knows(CasePatient patient, PatientIdentifier identifier) =>
        patient.Identifiers.Any(one => Identifiers.Canonical(one) == identifier);
}
