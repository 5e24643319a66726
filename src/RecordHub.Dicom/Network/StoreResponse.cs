namespace RecordHub.Dicom.Network;

/// <summary>The answer to a C-STORE request (PS3.7 §9.3.1.2).</summary>
/// <param name="Status">One of <see cref="DimseStatus"/>; 0000 only when the instance is durable.</param>
/// <param name="Comment">
/// What went wrong, for the sender's operator; cut at 64 characters. Never a patient's data. Null on success.
/// </param>
/// <param name="OffendingElements">The attributes at fault, as (group &lt;&lt; 16) | element.</param>
public sealed record StoreResponse(
    ushort Status, string? Comment = null, IReadOnlyList<uint>? OffendingElements = null)
{
    /// <summary>0000: stored durably.</summary>
    public static StoreResponse Success { get; } = new(DimseStatus.Success);

    internal static StoreResponse Read(CommandSet response) => new(
        response.UInt16(CommandElement.Status) ?? DimseStatus.ProcessingFailure,
        response.Text(CommandElement.ErrorComment), response.Tags(CommandElement.OffendingElement));
}
