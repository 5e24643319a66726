namespace RecordHub.Server.Dicom;

/// <summary>A DICOM node that was to be called cannot be talked to; the message names it, the advice says what to do.</summary>
public sealed class PeerUnreachableException(string message, string advice, Exception cause) : Exception(message, cause)
{
    /// <summary>What to check.</summary>
    public string Advice { get; } = advice;
}
