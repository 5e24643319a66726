namespace RecordHub.Core.Cases;

/// <summary>The business status of a case: what has happened last on the way to a second opinion.</summary>
public static class CaseStatus
{
    public const string Draft = "draft";
    public const string Submitted = "submitted";
    public const string Compiling = "compiling";
    public const string AwaitingRecords = "awaiting-records";
    public const string ReadyForReview = "ready-for-review";
    public const string InReview = "in-review";
    public const string MoreInfo = "more-info";
    public const string OpinionFinal = "opinion-final";
    public const string Delivered = "delivered";
    public const string Acknowledged = "acknowledged";
    public const string Declined = "declined";
    public const string Cancelled = "cancelled";
    public const string Failed = "failed";
    public const string Purged = "purged";

    /// <summary>Whether no record may be filed to a case in this status any more.</summary>
    public static bool IsClosed(string status) => status is Acknowledged or Declined or Cancelled or Purged;
}
