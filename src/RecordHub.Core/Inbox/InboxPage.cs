using RecordHub.Core.Intake;

namespace RecordHub.Core.Inbox;

/// <summary>Some of the inbox, grouped by patient as claimed.</summary>
/// <param name="Patients">The groups, the longest waiting first.</param>
/// <param name="Total">How many groups there are in all.</param>
/// <param name="Records">How many records are held in all.</param>
/// <param name="Next">What the next page is asked for with; null on the last.</param>
public sealed record InboxPage(IReadOnlyList<InboxPatient> Patients, int Total, int Records, RecordId? Next);
