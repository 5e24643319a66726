using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Inbox;

/// <summary>Says which held records an assignment would file, by the same decision as filing; changes nothing.</summary>
/// <remarks>
/// A record that a known number files can teach numbers of its own, and those file more: that second step is not followed.
/// </remarks>
public sealed class AssignmentPreview(IItemStore items, ICaseStore cases)
{
    /// <summary>All that would be filed, the chosen ones first; empty when there is no such record or case.</summary>
    public async Task<IReadOnlyList<MovedRecord>> LookAsync(
        InboxTarget target, CaseNumber number, AccessScope scope, CancellationToken cancellationToken)
    {
        HeldRecord? chosen = (await items.FindRecordsAsync(target.Id.Item, scope, cancellationToken))
            .FirstOrDefault(one => one.Id == target.Id);
        if (chosen is not { State: RecordState.Held }
            || await cases.FindAsync(number, AccessScope.Of(chosen.Item.Source.Tenant), cancellationToken) is not { } file)
        {
            return [];
        }

        List<MovedRecord> moved = [new(chosen, "chosen", number)];
        List<HeldRecord> rest = [];
        AccessScope own = AccessScope.Of(chosen.Item.Source.Tenant);
        await foreach (HeldRecord other in items.AllAsync(RecordState.Held, own, cancellationToken))
        {
            if (InboxKeys.GoesWith(chosen, other, target.Extent))
            {
                moved.Add(new MovedRecord(
                    other, InboxKeys.GoesWith(chosen, other, InboxExtent.Study) ? "same-study" : "same-patient", number));
            }
            else if (other.Id != chosen.Id)
            {
                rest.Add(other);
            }
        }

        CaseFile taught = await TeachAsync(file, moved, cancellationToken);
        HashSet<PatientIdentifier> learnt = [.. taught.Patient.Identifiers.Except(file.Patient.Identifiers).Select(Identifiers.Canonical)];
        foreach (HeldRecord other in rest.Where(one => Identifiers.Issued(one.Claim.Identifiers).Any(learnt.Contains)))
        {
            if (await DecideAsync(other, taught, cancellationToken) is AssignmentDecision.File found)
            {
                moved.Add(new MovedRecord(other, "identifier", found.Case.Number));
            }
        }

        return moved;
    }

    // What the assignment would link: an identifier that is another patient's stays theirs.
    private async Task<CaseFile> TeachAsync(CaseFile file, List<MovedRecord> moved, CancellationToken cancellationToken)
    {
        IReadOnlyList<PatientIdentifier> claimed =
            Identifiers.Issued(moved.SelectMany(one => one.Record.Claim.Identifiers));
        IReadOnlyList<CaseFile> linked = claimed.Count == 0
            ? [] : await cases.FindByIdentifiersAsync(claimed, file.Tenant, cancellationToken);
        HashSet<PatientIdentifier> taken = [.. linked.Where(one => one.Patient.Id != file.Patient.Id)
            .SelectMany(one => one.Patient.Identifiers).Select(Identifiers.Canonical)];
        return file with
        {
            Patient = file.Patient with
            {
                Identifiers = Identifiers.Issued(file.Patient.Identifiers.Concat(claimed.Where(one => !taken.Contains(one)))),
            },
        };
    }

    // Null when the record stays held whatever is learnt: a person took it out, or two copies contradict each other.
    private async Task<AssignmentDecision?> DecideAsync(
        HeldRecord record, CaseFile taught, CancellationToken cancellationToken)
    {
        if (await items.FindAsync(record.Id.Item, cancellationToken) is not { ConflictsWith: null } item
            || item.Decisions.LastOrDefault(one => one.Record == record.Id) is { Verdict: not InboxVerdict.Assign })
        {
            return null;
        }

        IReadOnlyList<PatientIdentifier> issued = Identifiers.Carried(record.Claim);
        IReadOnlyList<CaseFile> known = await cases.FindByIdentifiersAsync(
            Identifiers.Issued(issued.Concat(taught.Patient.Identifiers)), taught.Tenant, cancellationToken);
        CaseFile[] linked = [.. known.Append(taught).Select(Taught).DistinctBy(one => one.Number)];
        CaseNumber named = record.Item.Source.Case;
        return Assignment.Decide(record.Claim, new AssignmentEvidence
        {
            NamedNumber = named,
            Named = named.IsNone ? null
                : await cases.FindAsync(named, AccessScope.Of(taught.Tenant), cancellationToken) is { } file ? Taught(file) : null,
            Linked = linked,
        });

        CaseFile Taught(CaseFile one) => one.Patient.Id == taught.Patient.Id ? one with { Patient = taught.Patient } : one;
    }
}
