namespace RecordHub.Dicom.Network;

/// <summary>Bounds that no option moves.</summary>
internal static class DimseLimits
{
    /// <summary>The longest command set that is read; a real one has some hundred bytes.</summary>
    public const int MaxCommandLength = 64 * 1024;

    /// <summary>The most elements of a command set.</summary>
    public const int MaxCommandElements = 256;

    /// <summary>The smallest limit that a peer may set: the head of one presentation data value and two bytes.</summary>
    public const uint MinPduLength = 8;

    /// <summary>The longest identifier of a query that is read: some ten thousand UIDs.</summary>
    public const int MaxIdentifierLength = 1 << 20;

    /// <summary>Queries and retrievals of one association that run or wait for an earlier one.</summary>
    public const int MaxOpenQueries = 64;

    /// <summary>The longest error comment, an LO (PS3.7 Annex C).</summary>
    public const int MaxErrorComment = 64;
}
