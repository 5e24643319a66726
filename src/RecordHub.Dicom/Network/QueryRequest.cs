using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>One C-FIND, C-MOVE or C-GET request. Prints no member: its identifier may name a patient.</summary>
public sealed record QueryRequest
{
    /// <summary>Our name for the association that it came on.</summary>
    public required string AssociationId { get; init; }

    /// <summary>Who calls.</summary>
    public required string CallingAeTitle { get; init; }

    /// <summary>Whom it calls.</summary>
    public required string CalledAeTitle { get; init; }

    /// <summary>The caller's number for this operation.</summary>
    public required ushort MessageId { get; init; }

    /// <summary>Service and information model.</summary>
    public required QueryRetrieveClass SopClass { get; init; }

    /// <summary>What is asked for; text is decoded by its Specific Character Set.</summary>
    public required DicomDataSet Identifier { get; init; }

    /// <summary>What extended negotiation added.</summary>
    public QueryOptions Options { get; init; }

    /// <summary>(0000,0600); null except for C-MOVE.</summary>
    public string? MoveDestination { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(QueryRequest);
}
