using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>What we ask a peer for by C-FIND, C-MOVE or C-GET. Prints no member: keys may name a patient.</summary>
public sealed record OutgoingQuery
{
    /// <summary>The information model; the peer must have accepted its SOP class.</summary>
    public required QueryModel Model { get; init; }

    /// <summary>Query/Retrieve Level and keys.</summary>
    public required DicomDataSet Identifier { get; init; }

    /// <summary>Asks the peer to stop, by C-CANCEL; its last response is waited for.</summary>
    public CancellationToken Cancelling { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(OutgoingQuery);
}
