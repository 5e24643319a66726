namespace RecordHub.Dicom.Network;

/// <summary>Type and body length of a PDU (PS3.8 §9.3.1). The type is one of the seven, the length unchecked.</summary>
internal readonly record struct PduHeader(PduType Type, uint Length)
{
    /// <summary>Bytes before the body.</summary>
    public const int Size = 6;
}
