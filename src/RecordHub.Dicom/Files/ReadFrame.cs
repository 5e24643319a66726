namespace RecordHub.Dicom.Files;

/// <summary>What the reader is inside of.</summary>
internal enum FrameKind
{
    DataSet = 0,
    Sequence,
    Item,
    Fragments,
}

/// <summary>One level of the reader's explicit stack.</summary>
internal struct ReadFrame
{
    public const long Undefined = -1;

    public FrameKind Kind;

    /// <summary>Elements on this level are in implicit VR.</summary>
    public bool Implicit;

    /// <summary>Tags, lengths and values on this level are big endian.</summary>
    public bool BigEndian;

    /// <summary>An element, item or fragment was read on this level.</summary>
    public bool Any;

    /// <summary>The value may turn out to be no sequence; then its bytes are kept as they are.</summary>
    public bool Provisional;

    /// <summary>The last element had a 16-bit length.</summary>
    public bool LastWasShort;

    /// <summary>The byte after the last one; <see cref="Undefined"/> if a delimiter ends it.</summary>
    public long End;

    /// <summary>The first byte of the content.</summary>
    public long Start;

    /// <summary>The row on the tape; -1 when it is not kept.</summary>
    public int Row;

    public uint Tag;
    public DataSet.DicomVr Vr;
    public uint LastTag;
    public int LastRow;
    public long LastValueOffset;

    /// <summary>The private block whose creator was last found: group and upper byte of the element.</summary>
    public uint KnownBlock;
}
