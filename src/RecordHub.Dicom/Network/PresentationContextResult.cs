namespace RecordHub.Dicom.Network;

/// <summary>The answer to one proposed context (PS3.8 Table 9-18).</summary>
public enum PresentationContextResult
{
    /// <summary>Accepted.</summary>
    Acceptance = 0,

    /// <summary>Refused by the user.</summary>
    UserRejection = 1,

    /// <summary>Refused by the provider, no reason.</summary>
    NoReason = 2,

    /// <summary>The abstract syntax is not supported.</summary>
    AbstractSyntaxNotSupported = 3,

    /// <summary>None of the transfer syntaxes is supported.</summary>
    TransferSyntaxesNotSupported = 4,
}
