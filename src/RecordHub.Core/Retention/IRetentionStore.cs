using RecordHub.Core.Access;
using RecordHub.Core.Cases;

namespace RecordHub.Core.Retention;

/// <summary>Remembers legal holds, and finds the cases that have been kept for long enough.</summary>
public interface IRetentionStore
{
    /// <summary>
    /// Saves a case in another state with its ServiceRequest and Task, and an entry in the operators' journal. False when it
    /// is no longer at <c>file.Revision</c>.
    /// </summary>
    Task<bool> MoveAsync(CaseFile file, string by, string reason, CancellationToken cancellationToken);

    /// <summary>Places a hold, with an entry in the operators' journal; false when there is one, or the case is purged.</summary>
    Task<bool> HoldAsync(CaseHold hold, CancellationToken cancellationToken);

    /// <summary>Lifts a hold, with an entry in the operators' journal; false when there is none.</summary>
    Task<bool> ReleaseAsync(
        CaseNumber number, string reason, string by, CancellationToken cancellationToken);

    /// <summary>The case's hold; null when it has none.</summary>
    Task<CaseHold?> FindHoldAsync(CaseNumber number, CancellationToken cancellationToken);

    /// <summary>Checks the operators' journal, and that it holds the heads on certificates and a further one; null for none.</summary>
    Task<JournalCheck> VerifyJournalAsync(string? known, CancellationToken cancellationToken);

    /// <summary>Cases within the scope that entered one of the states before its moment, longest first.</summary>
    Task<IReadOnlyList<DueCase>> ListDueAsync(
        IReadOnlyList<(string Status, DateTimeOffset EnteredBefore)> limits, AccessScope scope,
        CancellationToken cancellationToken);
}
