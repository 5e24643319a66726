using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Normalization;

namespace RecordHub.Core.Intake;

/// <summary>Decides whose a record is by what the stores know. Filing and its preview, and so all doors, ask the same.</summary>
internal sealed class WhoseRecord(IItemStore items, ICaseStore cases)
{
    // More of one birth date, or of one name and year, are not told apart by name and birth date.
    private const int MostCandidates = 1000;

    private readonly MergeSearch _merges = new(items, cases);

    /// <summary>What is known without looking for a name.</summary>
    /// <param name="claim">Whose the record says it is.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="current">The case that it is in already.</param>
    /// <param name="own">Links that its item alone speaks for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<AssignmentEvidence> CollectAsync(
        PatientClaim claim, Source source, CaseNumber current, IReadOnlyList<IdentifierLink> own,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<PatientIdentifier> issued = Identifiers.Carried(claim);
        return new AssignmentEvidence
        {
            NamedNumber = source.Case,

            // A case of another tenant is none, whoever names it.
            Named = source.Case.IsNone
                ? null : await cases.FindAsync(source.Case, AccessScope.Of(source.Tenant), cancellationToken),
            Linked = issued.Count == 0 ? [] : await cases.FindByIdentifiersAsync(issued, source.Tenant, cancellationToken),
            TakenBack = issued.Count == 0 ? [] : await cases.FindTakenBackAsync(issued, source.Tenant, cancellationToken),
            Current = current,
            Own = own,
        };
    }

    /// <summary>The decision; what cannot be decided by the evidence so far is compared with those whose keys it shares.</summary>
    internal async Task<AssignmentDecision> DecideAsync(
        PatientRecord part, AssignmentEvidence evidence, Source source, CancellationToken cancellationToken)
    {
        PatientClaim claim = part.Claim;
        if (part.Merge is { } merge)
        {
            MergeEvidence joined = await _merges.CollectAsync(claim, evidence, source, cancellationToken);
            return LinkRefusal.Of(MergeDecision.Decide(claim, merge, joined), claim, evidence.TakenBack);
        }

        if (evidence.Own.Count > 0)
        {
            // Nor is evidence what others have joined to what it said of itself.
            IReadOnlyList<IdentifierLink> merged = await items.FindLinksOfReasonAsync(
                [.. evidence.Linked.SelectMany(file => file.Patient.Identifiers).Distinct()], MergeDecision.MergedReason,
                source.Tenant, cancellationToken);
            evidence = evidence with { Own = [.. evidence.Own, .. merged] };
        }

        AssignmentDecision decision = Assignment.Decide(claim, evidence);
        if (decision is AssignmentDecision.File || claim.Names.Count == 0)
        {
            return decision;
        }

        IReadOnlyList<CaseFile> candidates = await cases.FindByKeysAsync(
            PatientMatch.KeysOf(claim), MostCandidates, source.Tenant, cancellationToken);
        return Assignment.Decide(
            claim, evidence with { Candidates = candidates, MoreCandidates = candidates.Count >= MostCandidates });
    }

    /// <summary>Whether an instance that names nobody came for another case than those of its study that name somebody are in.</summary>
    internal async Task<bool> IsStudyOfOthersAsync(PatientRecord part, Source source, CancellationToken cancellationToken) =>
        part.Claim.NamesNobody && part.Instance is { } instance && !source.Case.IsNone
        && await items.AnyOfStudyElsewhereAsync(instance.StudyInstanceUid, source.Case, source.Tenant, cancellationToken);

    /// <summary>Whether a person took a record out of the case into which this one would come by name and birth date.</summary>
    internal async Task<bool> WasTakenBackAsync(AssignmentDecision decision, CancellationToken cancellationToken) =>
        decision is AssignmentDecision.File { Because: Assignment.CertainMatchReason } certain
            && await items.AnyHeldAsync(FilingDraft.UndoneReason, certain.Case.Number, cancellationToken);
}
