namespace RecordHub.Dicom.Network;

/// <summary>Result, source and reason of A-ASSOCIATE-RJ (PS3.8 §9.3.4).</summary>
/// <remarks><c>default</c> is no rejection; its bytes are not of the standard.</remarks>
public readonly record struct AssociationRejection(byte Result, byte Source, byte Reason)
{
    /// <summary>1/1/1: no reason given.</summary>
    public static AssociationRejection NoReason => new(1, 1, 1);

    /// <summary>1/1/2: the application context is not DICOM's.</summary>
    public static AssociationRejection ApplicationContext => new(1, 1, 2);

    /// <summary>1/1/3: the calling AE title is not known here.</summary>
    public static AssociationRejection CallingAeTitle => new(1, 1, 3);

    /// <summary>1/1/7: the called AE title is not ours.</summary>
    public static AssociationRejection CalledAeTitle => new(1, 1, 7);

    /// <summary>1/2/2: protocol version 1 was not offered.</summary>
    public static AssociationRejection ProtocolVersion => new(1, 2, 2);

    /// <summary>2/3/1: busy; try again.</summary>
    public static AssociationRejection Congestion => new(2, 3, 1);

    /// <summary>2/3/2: too many associations; try again.</summary>
    public static AssociationRejection LocalLimit => new(2, 3, 2);

    /// <summary>Whether trying again later can help.</summary>
    public bool IsTransient => Result == 2;

    /// <inheritdoc />
    public override string ToString() => (Result, Source, Reason) switch
    {
        (_, 1, 1) => $"{Result}/1/1 no reason given",
        (_, 1, 2) => $"{Result}/1/2 application context not supported",
        (_, 1, 3) => $"{Result}/1/3 calling AE title not recognized",
        (_, 1, 7) => $"{Result}/1/7 called AE title not recognized",
        (_, 2, 1) => $"{Result}/2/1 no reason given",
        (_, 2, 2) => $"{Result}/2/2 protocol version not supported",
        (_, 3, 1) => $"{Result}/3/1 temporary congestion",
        (_, 3, 2) => $"{Result}/3/2 local limit exceeded",
        _ => $"{Result}/{Source}/{Reason}",
    };
}
