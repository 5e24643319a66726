using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>An instance to be sent by a sub-operation.</summary>
/// <param name="SopClassUid">Its SOP class.</param>
/// <param name="SopInstanceUid">The instance.</param>
/// <param name="TransferSyntax">How its data set is stored.</param>
/// <param name="OpenDataSet">Opens the bytes of its data set, without preamble and file meta information.</param>
public sealed record RetrievedInstance(
    Uid SopClassUid, Uid SopInstanceUid, Uid TransferSyntax, Func<CancellationToken, ValueTask<Stream>> OpenDataSet);
