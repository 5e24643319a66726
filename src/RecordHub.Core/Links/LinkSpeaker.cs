using RecordHub.Core.Intake;

namespace RecordHub.Core.Links;

/// <summary>A record that speaks for a link.</summary>
/// <param name="Record">The record.</param>
/// <param name="Reason">Why it was filed: <c>verified</c>, <c>assigned</c>, <c>certain-match</c>, <c>merged</c>.</param>
/// <param name="By">The person who assigned it, or else who sent it.</param>
/// <param name="At">When that was.</param>
public sealed record LinkSpeaker(RecordId Record, string Reason, string By, DateTimeOffset At);
