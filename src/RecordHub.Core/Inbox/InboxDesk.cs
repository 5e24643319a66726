#pragma warning disable CS9113 // signatures first
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Inbox;

/// <summary>Where people settle what the machine would not decide.</summary>
public sealed class InboxDesk(IItemStore items, ICaseStore cases, FilingStep filing, TimeProvider time)
{
    /// <summary>All held records, oldest first.</summary>
    public Task<IReadOnlyList<HeldRecord>> ListAsync(CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>One record in whatever state; null when there is none.</summary>
    public Task<HeldRecord?> ShowAsync(RecordId id, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Files a held record, and the rest of its study, to a case.</summary>
    public Task<InboxOutcome> AssignAsync(
        RecordId id, CaseNumber number, string by, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Turns a held record down, and the rest of its study.</summary>
    public Task<InboxOutcome> RejectAsync(RecordId id, string reason, string by, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Takes a decision back: the record is held again, and leaves the case.</summary>
    public Task<InboxOutcome> UndoAsync(RecordId id, string by, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
