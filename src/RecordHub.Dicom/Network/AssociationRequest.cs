using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>What a peer asks for when it opens an association (A-ASSOCIATE indication, PS3.8 §7.1.1).</summary>
public sealed record AssociationRequest
{
    /// <summary>Our name for this association, unique over processes.</summary>
    public required string AssociationId { get; init; }

    /// <summary>Who calls, outer spaces removed.</summary>
    public required string CallingAeTitle { get; init; }

    /// <summary>Whom it calls, outer spaces removed.</summary>
    public required string CalledAeTitle { get; init; }

    /// <summary>The contexts proposed.</summary>
    public required IReadOnlyList<PresentationContext> PresentationContexts { get; init; }

    /// <summary>The peer's implementation; <see cref="Uid.None"/> when it does not say.</summary>
    public Uid ImplementationClassUid { get; init; }

    /// <summary>The peer's implementation version; null when it does not say.</summary>
    public string? ImplementationVersionName { get; init; }

    /// <summary>The user identity; null when not sent.</summary>
    public UserIdentity? UserIdentity { get; init; }
}
