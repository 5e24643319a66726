namespace RecordHub.Core.Uploads;

/// <summary>Some files, and their bytes together.</summary>
public readonly record struct UploadShare(long Files, long Bytes);
