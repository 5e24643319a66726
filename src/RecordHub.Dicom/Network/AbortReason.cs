namespace RecordHub.Dicom.Network;

/// <summary>Why the upper layer ends an association (A-ABORT reason, PS3.8 §9.3.8, source 2).</summary>
public enum AbortReason
{
    /// <summary>Reason not specified.</summary>
    NotSpecified = 0,

    /// <summary>A PDU of a type that the standard does not have.</summary>
    UnrecognizedPdu = 1,

    /// <summary>A PDU that the state does not allow.</summary>
    UnexpectedPdu = 2,

    /// <summary>A parameter that the standard does not have.</summary>
    UnrecognizedPduParameter = 4,

    /// <summary>A parameter that this PDU does not allow.</summary>
    UnexpectedPduParameter = 5,

    /// <summary>A parameter with a value that is not allowed, such as a length that does not fit.</summary>
    InvalidPduParameterValue = 6,
}
