namespace RecordHub.Cli.Dicom;

/// <summary>What the peer answered to one instance.</summary>
/// <param name="Path">The file.</param>
/// <param name="SopInstanceUid">The instance; empty when the file is no DICOM.</param>
/// <param name="Status">The status as four hexadecimal digits; empty when it was not sent.</param>
/// <param name="Sent">Whether the peer has stored it.</param>
/// <param name="Detail">What the peer said, or why it was not sent.</param>
internal sealed record SentInstance(string Path, string SopInstanceUid, string Status, bool Sent, string Detail)
{
    /// <summary>The type only: a path may name a patient.</summary>
    public override string ToString() => nameof(SentInstance);
}
