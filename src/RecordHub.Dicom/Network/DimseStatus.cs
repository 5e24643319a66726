namespace RecordHub.Dicom.Network;

/// <summary>Status codes of DIMSE responses (PS3.7 Annex C, PS3.4 Table B.2-1).</summary>
public static class DimseStatus
{
    /// <summary>Done; for C-STORE: stored durably.</summary>
    public const ushort Success = 0x0000;

    /// <summary>More responses follow.</summary>
    public const ushort Pending = 0xFF00;

    /// <summary>More responses follow; a key that was asked for is not supported.</summary>
    public const ushort PendingWithUnsupportedKeys = 0xFF01;

    /// <summary>Cancelled by the requestor.</summary>
    public const ushort Cancelled = 0xFE00;

    /// <summary>Failed for a reason that is ours.</summary>
    public const ushort ProcessingFailure = 0x0110;

    /// <summary>The instance is there already.</summary>
    public const ushort DuplicateSopInstance = 0x0111;

    /// <summary>No such instance.</summary>
    public const ushort NoSuchSopInstance = 0x0112;

    /// <summary>An argument of an action has a value that cannot be.</summary>
    public const ushort InvalidArgumentValue = 0x0115;

    /// <summary>The SOP Instance UID is no UID.</summary>
    public const ushort InvalidSopInstance = 0x0117;

    /// <summary>There is no such SOP class.</summary>
    public const ushort NoSuchSopClass = 0x0118;

    /// <summary>The instance is of another SOP class.</summary>
    public const ushort ClassInstanceConflict = 0x0119;

    /// <summary>An attribute that the operation needs is missing.</summary>
    public const ushort MissingAttribute = 0x0120;

    /// <summary>An attribute that the operation needs is empty.</summary>
    public const ushort MissingAttributeValue = 0x0121;

    /// <summary>The SOP class has no such action.</summary>
    public const ushort NoSuchAction = 0x0123;

    /// <summary>The SOP class is not supported here.</summary>
    public const ushort SopClassNotSupported = 0x0122;

    /// <summary>The caller may not do this.</summary>
    public const ushort NotAuthorized = 0x0124;

    /// <summary>The message id is in use.</summary>
    public const ushort DuplicateInvocation = 0x0210;

    /// <summary>The command is not supported here.</summary>
    public const ushort UnrecognizedOperation = 0x0211;

    /// <summary>A command element is missing or of the wrong kind.</summary>
    public const ushort MistypedArgument = 0x0212;

    /// <summary>A limit was reached.</summary>
    public const ushort ResourceLimitation = 0x0213;

    /// <summary>Disk, database or quota is full: send again later.</summary>
    public const ushort OutOfResources = 0xA700;

    /// <summary>Retrieve: what matches could not be found out.</summary>
    public const ushort CannotCalculateMatches = 0xA701;

    /// <summary>Retrieve: no instance could be sent.</summary>
    public const ushort CannotPerformSubOperations = 0xA702;

    /// <summary>C-MOVE: nobody here knows the destination.</summary>
    public const ushort MoveDestinationUnknown = 0xA801;

    /// <summary>The data set is not of the SOP class or not the instance that the command names.</summary>
    public const ushort DataSetDoesNotMatchSopClass = 0xA900;

    /// <summary>The data set cannot be read.</summary>
    public const ushort CannotUnderstand = 0xC000;

    /// <summary>Stored; values were coerced.</summary>
    public const ushort CoercionOfDataElements = 0xB000;

    /// <summary>Retrieve: done, but some instances could not be sent.</summary>
    public const ushort SubOperationsFailed = 0xB000;

    /// <summary>Stored; some elements were discarded.</summary>
    public const ushort ElementsDiscarded = 0xB006;

    /// <summary>Stored; the data set does not match its SOP class.</summary>
    public const ushort DataSetDoesNotMatchSopClassWarning = 0xB007;

    /// <summary>More responses follow.</summary>
    public static bool IsPending(ushort status) => status is Pending or PendingWithUnsupportedKeys;

    /// <summary>Success or a warning: the instance was stored.</summary>
    public static bool IsStored(ushort status) => status is Success or >= 0xB000 and <= 0xBFFF or 0x0001 or 0x0107 or 0x0116;
}
