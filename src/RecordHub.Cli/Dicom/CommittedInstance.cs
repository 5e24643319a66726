namespace RecordHub.Cli.Dicom;

/// <summary>Whether the peer answers for one instance.</summary>
/// <param name="Path">The file.</param>
/// <param name="SopInstanceUid">The instance; empty when the file is no DICOM.</param>
/// <param name="Committed">Whether the peer has it safely.</param>
/// <param name="Reason">The Failure Reason as four hexadecimal digits and in words; empty when it is committed.</param>
internal sealed record CommittedInstance(string Path, string SopInstanceUid, bool Committed, string Reason)
{
    /// <summary>The type only: a path may name a patient.</summary>
    public override string ToString() => nameof(CommittedInstance);
}
