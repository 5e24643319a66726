namespace RecordHub.Dicom.Network;

/// <summary>Who ends an association (A-ABORT source, PS3.8 §9.3.8). Only the provider has a reason.</summary>
public enum AbortSource
{
    /// <summary>The application: it is stopping, or gives the association up.</summary>
    User = 0,

    /// <summary>The upper layer: the peer broke the protocol, or was silent for too long.</summary>
    Provider = 2,
}
