namespace RecordHub.Server.Uploads;

/// <summary>What became of one request: its files in order, and whether all of it was read.</summary>
internal sealed record UploadReceipt(IReadOnlyList<UploadedFile> Files, UploadEnd End)
{
    public int Received => Files.Count(static file => file.IsReceived);

    /// <summary>The type only.</summary>
    public override string ToString() => nameof(UploadReceipt);
}
