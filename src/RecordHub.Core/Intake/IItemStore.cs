using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;

namespace RecordHub.Core.Intake;

/// <summary>Remembers items and what became of them. Every write is one transaction and idempotent by unique keys.</summary>
public interface IItemStore
{
    /// <summary>
    /// Commits the item and its outbox row together. Unique on (tenant, content, case named by the sender); SOP Instance
    /// UIDs held by the tenant with other content raise a conflict. Durable when it returns, the blob at the item's place
    /// before the row.
    /// </summary>
    ValueTask<Receipt> ReceiveAsync(ReceivedItem item, CancellationToken cancellationToken);

    /// <summary>Those of the items that are known, as received, each with its decisions and revision; in the order asked for.</summary>
    Task<IReadOnlyList<StoredItem>> FindAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken);

    /// <summary>The stored copies of an instance, first received first.</summary>
    Task<IReadOnlyList<HeldCopy>> FindCopiesAsync(string sopInstanceUid, Tenant tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Saves what filing decided on items, all of it in one commit, and removes the items' outbox rows; other items that look
    /// different now are asked for, a little later. Null, and nothing saved, for one that is no longer at
    /// <see cref="Filing.ExpectedRevision"/>, or when a link's identifier has become another patient's: somebody else was
    /// first; read again. Also for one that says something else of a resource than
    /// one before it in the list. Patient resources show the identifiers as they are afterwards; what a patient or a study
    /// has lost is in no earlier version of them either.
    /// </summary>
    Task<IReadOnlyList<FilingChange?>> SaveAsync(IReadOnlyList<Filing> filings, CancellationToken cancellationToken);

    /// <summary>Whether the tenant has an item of these bytes.</summary>
    Task<bool> HoldsAsync(ContentHash blob, Tenant tenant, CancellationToken cancellationToken);

    /// <summary>
    /// The records of items with their states, of each item the first part first; none of what was not filed yet, or is
    /// outside of the scope.
    /// </summary>
    Task<IReadOnlyList<HeldRecord>> FindRecordsAsync(
        IReadOnlyCollection<ItemId> ids, AccessScope scope, CancellationToken cancellationToken);

    /// <summary>Records in a state within the scope, newest last; <paramref name="after"/> is the last id of the page before.</summary>
    Task<IReadOnlyList<HeldRecord>> ListRecordsAsync(
        RecordState state, AccessScope scope, RecordId? after, int count, CancellationToken cancellationToken);

    /// <summary>The records of a study in whatever state and case within the scope, in no particular order.</summary>
    Task<IReadOnlyList<HeldRecord>> ListStudyRecordsAsync(
        string studyInstanceUid, AccessScope scope, CancellationToken cancellationToken);

    /// <summary>Whether a record of the tenant's study names somebody and is not filed to the case.</summary>
    Task<bool> AnyOfStudyElsewhereAsync(
        string studyInstanceUid, CaseNumber number, Tenant tenant, CancellationToken cancellationToken);

    /// <summary>Remembers that a person moved series from one case to another; what was moved the other way before is forgotten.</summary>
    Task RememberMoveAsync(SeriesMove move, CancellationToken cancellationToken);

    /// <summary>Where a person moved series of a study out of a case to, by Series Instance UID; empty when nobody did.</summary>
    Task<IReadOnlyDictionary<string, CaseNumber>> FindMovesAsync(
        CaseNumber from, string studyInstanceUid, CancellationToken cancellationToken);

    /// <summary>Forgets which series of a study were moved into a case.</summary>
    Task ForgetMovesAsync(string studyInstanceUid, CaseNumber to, CancellationToken cancellationToken);

    /// <summary>
    /// Items of the tenant with a record that carries one of the identifiers, oldest first: those with a held or a passed
    /// over one, and, where it is asked for, with a filed one.
    /// </summary>
    Task<IReadOnlyList<ItemId>> FindCarriersAsync(
        IReadOnlyList<PatientIdentifier> identifiers, Tenant tenant, bool alsoFiled, CancellationToken cancellationToken);

    /// <summary>Whether a record is held for this reason with this case, and no other, suggested.</summary>
    Task<bool> AnyHeldAsync(string reason, CaseNumber suggested, CancellationToken cancellationToken);

    /// <summary>Links that nothing speaks for but this item.</summary>
    Task<IReadOnlyList<IdentifierLink>> FindOwnLinksAsync(ItemId item, CancellationToken cancellationToken);

    /// <summary>
    /// Records of the tenant for one of these reasons that carry one of the identifiers, filed or passed over, at most a
    /// hundred.
    /// </summary>
    Task<IReadOnlyList<HeldRecord>> FindByReasonAsync(
        IReadOnlyList<PatientIdentifier> identifiers, IReadOnlyList<string> reasons, Tenant tenant, CancellationToken cancellationToken);

    /// <summary>Links of the tenant's identifiers that nothing speaks for but records filed for this reason.</summary>
    Task<IReadOnlyList<IdentifierLink>> FindLinksOfReasonAsync(
        IReadOnlyList<PatientIdentifier> identifiers, string reason, Tenant tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Records a person's decision on a held or filed record (assign, reject, undo) and puts the item back in the
    /// outbox, in one commit. False when the record is not at the expected revision.
    /// </summary>
    Task<bool> DecideAsync(InboxDecision decision, CancellationToken cancellationToken);
}
