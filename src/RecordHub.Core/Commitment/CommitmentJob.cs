namespace RecordHub.Core.Commitment;

/// <summary>A recorded order that is due to be checked and reported.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Revision">Raised each time the sender asks again; a job is closed at the revision that was worked on.</param>
/// <param name="Order">What was asked.</param>
/// <param name="RequestedAt">When it was last asked.</param>
/// <param name="Attempts">Which attempt to report this is, counted from 1.</param>
/// <param name="IsDuplicate">Whether another order of the same sender has the same Transaction UID and other references.</param>
public sealed record CommitmentJob(
    long Id, int Revision, CommitmentOrder Order, DateTimeOffset RequestedAt, int Attempts, bool IsDuplicate);
