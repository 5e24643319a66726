using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>One N-ACTION or N-EVENT-REPORT request: what the command says of the data set that follows (PS3.7 §10.1).</summary>
public sealed record NormalizedRequest
{
    /// <summary>Our name for the association that it came on.</summary>
    public required string AssociationId { get; init; }

    /// <summary>Who calls.</summary>
    public required string CallingAeTitle { get; init; }

    /// <summary>Whom it calls.</summary>
    public required string CalledAeTitle { get; init; }

    /// <summary>The peer's number for this operation.</summary>
    public required ushort MessageId { get; init; }

    /// <summary>The SOP class that is asked or that reports; <see cref="Uid.None"/> when it is no UID.</summary>
    public required Uid SopClassUid { get; init; }

    /// <summary>The SOP instance; <see cref="Uid.None"/> when it is no UID.</summary>
    public required Uid SopInstanceUid { get; init; }

    /// <summary>The Action Type ID or the Event Type ID; null when it is missing.</summary>
    public required ushort? TypeId { get; init; }

    /// <summary>Whether a data set follows.</summary>
    public required bool HasDataSet { get; init; }

    /// <summary>The context, whose transfer syntax the data set is in.</summary>
    public required AcceptedContext Context { get; init; }
}
