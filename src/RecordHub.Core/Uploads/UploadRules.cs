namespace RecordHub.Core.Uploads;

/// <summary>What upload links take (<c>Uploads:…</c>).</summary>
public sealed record UploadRules
{
    /// <summary>Days for which a link takes files when nobody says (<c>Uploads:LinkDays</c>).</summary>
    public int LinkDays { get; init; } = 30;

    /// <summary>Files of one request (<c>Uploads:MaxFilesPerRequest</c>); over it 413.</summary>
    public int FilesPerRequest { get; init; } = 10_000;

    /// <summary>Files that are kept of one link (<c>Uploads:MaxFilesPerLink</c>).</summary>
    public long FilesPerLink { get; init; } = 200_000;

    /// <summary>Bytes that are kept of one link (<c>Uploads:MaxBytesPerLink</c>).</summary>
    public long BytesPerLink { get; init; } = 256L << 30;

    /// <summary>Links that do not work, of one address in a minute (<c>Uploads:MaxUnknownPerMinute</c>); over it 429.</summary>
    public int UnknownPerMinute { get; init; } = 30;
}
