using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>A-ASSOCIATE-RQ (PS3.8 §9.3.2).</summary>
internal sealed record AssociateRequestPdu
{
    public ushort ProtocolVersion { get; init; } = 1;

    public required string CalledAeTitle { get; init; }

    public required string CallingAeTitle { get; init; }

    /// <summary><see cref="Uid.None"/> when the item is missing or no UID.</summary>
    public Uid ApplicationContext { get; init; } = WellKnownUids.ApplicationContext;

    public required IReadOnlyList<PresentationContext> Contexts { get; init; }

    public required UserInformation User { get; init; }
}

/// <summary>A-ASSOCIATE-AC (PS3.8 §9.3.3).</summary>
internal sealed record AssociateAcceptPdu
{
    public required string CalledAeTitle { get; init; }

    public required string CallingAeTitle { get; init; }

    public required IReadOnlyList<ContextAnswer> Contexts { get; init; }

    public required UserInformation User { get; init; }
}

/// <summary>The answer to one context (item 21H); the transfer syntax counts only on acceptance.</summary>
internal sealed record ContextAnswer(byte Id, PresentationContextResult Result, Uid TransferSyntax);

/// <summary>The user information item 50H, of a request or of its answer (PS3.7 §D.3.3).</summary>
internal sealed record UserInformation
{
    /// <summary>51H; 0 is no limit. Absent is read as no limit.</summary>
    public uint MaxPduLength { get; init; }

    /// <summary>52H.</summary>
    public Uid ImplementationClassUid { get; init; }

    /// <summary>55H; null when absent.</summary>
    public string? ImplementationVersionName { get; init; }

    /// <summary>53H; null when absent, which means 1/1.</summary>
    public AsynchronousWindow? Window { get; init; }

    /// <summary>54H.</summary>
    public IReadOnlyList<RoleSelection> Roles { get; init; } = [];

    /// <summary>56H.</summary>
    public IReadOnlyList<ExtendedNegotiation> Extended { get; init; } = [];

    /// <summary>57H, in requests only.</summary>
    public IReadOnlyList<CommonExtendedNegotiation> CommonExtended { get; init; } = [];

    /// <summary>58H, in requests only.</summary>
    public UserIdentity? Identity { get; init; }

    /// <summary>59H, in answers only.</summary>
    public ReadOnlyMemory<byte>? IdentityResponse { get; init; }
}

/// <summary>53H: operations outstanding at most; 0 is no limit.</summary>
internal readonly record struct AsynchronousWindow(ushort Invoked, ushort Performed);

/// <summary>56H: service class application information for one SOP class.</summary>
internal sealed record ExtendedNegotiation(Uid SopClass, ReadOnlyMemory<byte> Information);

/// <summary>57H: the service of a SOP class and the general classes that it can be taken for.</summary>
internal sealed record CommonExtendedNegotiation(Uid SopClass, Uid ServiceClass, IReadOnlyList<Uid> RelatedGeneral);
