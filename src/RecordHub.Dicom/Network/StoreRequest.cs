using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>One C-STORE request: what the command says of the data set that follows (PS3.7 §9.1.1).</summary>
public sealed record StoreRequest
{
    /// <summary>Our name for the association that it came on.</summary>
    public required string AssociationId { get; init; }

    /// <summary>Who calls.</summary>
    public required string CallingAeTitle { get; init; }

    /// <summary>Whom it calls.</summary>
    public required string CalledAeTitle { get; init; }

    /// <summary>The sender's number for this operation.</summary>
    public required ushort MessageId { get; init; }

    /// <summary>The SOP class of the instance.</summary>
    public required Uid SopClassUid { get; init; }

    /// <summary>The instance.</summary>
    public required Uid SopInstanceUid { get; init; }

    /// <summary>The context, whose transfer syntax the data set is in.</summary>
    public required AcceptedContext Context { get; init; }

    /// <summary>How the data set is encoded.</summary>
    public Uid TransferSyntax => Context.TransferSyntax;

    /// <summary>The AE whose C-MOVE caused this store; null when it is no sub-operation.</summary>
    public string? MoveOriginatorAeTitle { get; init; }

    /// <summary>The message id of that C-MOVE; null when it is no sub-operation.</summary>
    public ushort? MoveOriginatorMessageId { get; init; }
}
