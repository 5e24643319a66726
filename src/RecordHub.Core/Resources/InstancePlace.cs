using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Resources;

/// <summary>Where the bytes of an instance are, and what a peer must accept to be sent them.</summary>
/// <param name="SopInstanceUid">The instance.</param>
/// <param name="SopClassUid">Its SOP class.</param>
/// <param name="TransferSyntaxUid">How its data set is stored.</param>
/// <param name="PatientId">Our Patient.</param>
/// <param name="Blob">The Part 10 file.</param>
/// <param name="Length">Length of the Part 10 file in bytes.</param>
/// <param name="DataSetOffset">Where the data set begins in it.</param>
/// <param name="Case">The case that it is in.</param>
public sealed record InstancePlace(
    string SopInstanceUid, string SopClassUid, string TransferSyntaxUid, string PatientId, ContentHash Blob, long Length,
    long DataSetOffset, CaseNumber Case);
