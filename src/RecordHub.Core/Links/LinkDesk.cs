using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Links;

/// <summary>Where people see which identifiers are whose, who says so, and take that back.</summary>
public sealed class LinkDesk(ILinkStore links, ICaseStore cases, FilingStep filing, TimeProvider time)
{
    /// <summary>The links of a case's patient; null when there is no such case within the scope.</summary>
    public async Task<IReadOnlyList<KnownLink>?> ListAsync(
        CaseNumber number, AccessScope scope, CancellationToken cancellationToken) =>
        await cases.FindAsync(number, scope, cancellationToken) is { } file
            ? await links.ListAsync(file.Patient.Id, cancellationToken) : null;

    /// <summary>Whose an identifier is: a case of that patient, and the link; null when it is nobody's within the scope.</summary>
    public async Task<(CaseNumber Case, IReadOnlyList<KnownLink> Links)?> FindAsync(
        PatientIdentifier identifier, AccessScope scope, CancellationToken cancellationToken)
    {
        PatientIdentifier one = Identifiers.Canonical(identifier);
        IReadOnlyList<CaseFile> found = await cases.FindByIdentifiersAsync([one], scope.Tenant ?? Tenant.Default, cancellationToken);
        return found.FirstOrDefault(file => scope.Sees(file.Number, file.Tenant)) is { } seen
            ? (seen.Number, [.. (await links.ListAsync(seen.Patient.Id, cancellationToken)).Where(link => link.Identifier == one)])
            : null;
    }

    /// <summary>
    /// Says that an identifier is not the patient's: nothing files by it, or makes the link again, until it is restored.
    /// </summary>
    public Task<LinkOutcome> TakeBackAsync(
        CaseNumber number, PatientIdentifier identifier, string reason, string by, AccessScope scope,
        CancellationToken cancellationToken) =>
        DecideAsync(number, identifier, isTakenBack: true, reason, by, scope, cancellationToken);

    /// <summary>Takes that back: records may make the link again.</summary>
    public Task<LinkOutcome> RestoreAsync(
        CaseNumber number, PatientIdentifier identifier, string reason, string by, AccessScope scope,
        CancellationToken cancellationToken) =>
        DecideAsync(number, identifier, isTakenBack: false, reason, by, scope, cancellationToken);

    private async Task<LinkOutcome> DecideAsync(
        CaseNumber number, PatientIdentifier identifier, bool isTakenBack, string reason, string by, AccessScope scope,
        CancellationToken cancellationToken)
    {
        if (await cases.FindAsync(number, scope, cancellationToken) is not { } file)
        {
            return new LinkOutcome.NoCase();
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new LinkOutcome.Refused("The decision needs a reason.", "Say why, such as: the number was given to another patient.");
        }

        LinkDecision decision = new()
        {
            Identifier = Identifiers.Canonical(identifier),
            PatientId = file.Patient.Id,
            Tenant = file.Tenant,
            IsTakenBack = isTakenBack,
            Reason = reason.Trim(),
            By = by,
            At = time.GetUtcNow(),
        };
        if (await links.DecideAsync(decision, cancellationToken) is not { } items)
        {
            return new LinkOutcome.Refused(
                isTakenBack ? "The identifier is not linked to the patient." : "The link has not been taken back.",
                $"Run case links {number} to see the links of the patient.");
        }

        foreach (ItemId item in items)
        {
            await filing.RunAsync(item, cancellationToken);
        }

        return new LinkOutcome.Done(await links.ListAsync(file.Patient.Id, cancellationToken), items.Count);
    }
}
