using RecordHub.Server.Dicom;

namespace RecordHub.Cli.Dicom;

/// <summary>A DICOM node, and by what name we call it.</summary>
internal sealed record DicomPeer(string Host, int Port, string CalledAeTitle, string CallingAeTitle)
{
    /// <summary>How TLS is spoken; null: without.</summary>
    public PeerTls? Tls { get; init; }
}
