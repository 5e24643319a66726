namespace RecordHub.Dicom.Network;

/// <summary>One operation fails: an instance cannot be taken, or a query not be answered. Becomes the status of its response; the association lives.</summary>
public sealed class InstanceException(ushort status, string comment, params IReadOnlyList<uint> offendingElements)
    : Exception(comment)
{
    /// <summary>The status sent back, one of <see cref="DimseStatus"/>.</summary>
    public ushort Status { get; } = status;

    /// <summary>The attributes at fault, as (group &lt;&lt; 16) | element.</summary>
    public IReadOnlyList<uint> OffendingElements { get; } = offendingElements;

    /// <summary>The response that says so.</summary>
    public StoreResponse ToResponse() => new(Status, Message, OffendingElements);
}
