using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>A context as agreed.</summary>
public sealed record AcceptedContext(byte Id, Uid AbstractSyntax, Uid TransferSyntax);
