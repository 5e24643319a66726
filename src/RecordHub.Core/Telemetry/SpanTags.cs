namespace RecordHub.Core.Telemetry;

/// <summary>What spans of ours are told apart by. Our own ids, numbers and words alone: nothing that came with a record.</summary>
public static class SpanTags
{
    public const string Item = "recordhub.item";
    public const string Case = "recordhub.case";
    public const string Site = "recordhub.site";
    public const string Door = "recordhub.door";
    public const string Outcome = "recordhub.outcome";
    public const string Reason = "recordhub.reason";
    public const string Records = "recordhub.records";
    public const string Bytes = "recordhub.bytes";
    public const string Attempt = "recordhub.attempt";
    public const string Version = "recordhub.version";
    public const string Status = "dicom.status";
    public const string Ending = "dicom.ending";
    public const string Stored = "dicom.stored";
    public const string Failed = "dicom.failed";
    public const string Error = "error.type";
}
