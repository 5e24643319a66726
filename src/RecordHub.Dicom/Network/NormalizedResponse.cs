namespace RecordHub.Dicom.Network;

/// <summary>The answer to an N-ACTION or N-EVENT-REPORT request (PS3.7 §10.1.4, §10.1.1).</summary>
/// <param name="Status">One of <see cref="DimseStatus"/>.</param>
/// <param name="Comment">What went wrong, for the peer's operator; cut at 64 characters. Never a patient's data.</param>
public sealed record NormalizedResponse(ushort Status, string? Comment = null)
{
    /// <summary>0000.</summary>
    public static NormalizedResponse Success { get; } = new(DimseStatus.Success);

    /// <summary>0211: this node does not serve the operation.</summary>
    public static NormalizedResponse Unrecognized { get; } =
        new(DimseStatus.UnrecognizedOperation, "This operation is not supported");
}
