using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>A context as agreed.</summary>
public sealed record AcceptedContext(byte Id, Uid AbstractSyntax, Uid TransferSyntax)
{
    /// <summary>Whether the side that asked for the association may ask on this context, as without role selection.</summary>
    public bool RequestorIsScu { get; init; } = true;

    /// <summary>Whether the side that asked for the association may be asked on this context (PS3.7 §D.3.3.4).</summary>
    public bool RequestorIsScp { get; init; }
}
