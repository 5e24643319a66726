namespace RecordHub.Dicom.DataSet;

/// <summary>What a row of the tape stands for.</summary>
internal enum RowKind : byte
{
    /// <summary>An element whose value is in the tape's bytes.</summary>
    Value = 0,

    /// <summary>An element of which only the place in the input is known.</summary>
    Place,

    /// <summary>A sequence; its items are the rows below it.</summary>
    Sequence,

    /// <summary>An item of a sequence; its elements are the rows below it.</summary>
    Item,

    /// <summary>Encapsulated data; its fragments are the rows below it, as values.</summary>
    Fragments,
}

/// <summary>One element, item or fragment: sixteen bytes, so that a header is one small array.</summary>
internal struct TapeRow
{
    public uint Tag;
    public byte Vr;
    public RowKind Kind;

    /// <summary>Bytes of a value; rows below, of a sequence, item or fragments.</summary>
    public int Length;

    /// <summary>First byte in the tape's values; index of the place, for <see cref="RowKind.Place"/>.</summary>
    public int Position;

    public readonly DicomTag TagOf => new(Tag);

    public readonly DicomVr VrOf => (DicomVr)Vr;

    /// <summary>Rows that this one spans, itself included.</summary>
    public readonly int Span => Kind >= RowKind.Sequence ? Length + 1 : 1;
}

/// <summary>Where in the input a value is that was not kept.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Its bytes; of fragments with their items and the delimiter.</param>
/// <param name="IsEncapsulated">Whether it is a sequence of fragments (PS3.5 §A.4).</param>
internal readonly record struct ValuePlace(long Offset, long Length, bool IsEncapsulated = false);
