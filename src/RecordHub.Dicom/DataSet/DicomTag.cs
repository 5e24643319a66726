using System.Globalization;

namespace RecordHub.Dicom.DataSet;

/// <summary>The tag of an element: group and element number (PS3.5 §7.1). Ordered as a data set is.</summary>
public readonly record struct DicomTag : IComparable<DicomTag>
{
    public DicomTag(ushort group, ushort element) => Value = ((uint)group << 16) | element;

    public DicomTag(uint value) => Value = value;

    /// <summary>Group in the upper half, element in the lower.</summary>
    public uint Value { get; }

    public ushort Group => (ushort)(Value >> 16);

    public ushort Element => (ushort)(Value & 0xFFFF);

    /// <summary>Whether the group is odd, and so a vendor's (PS3.5 §7.8).</summary>
    public bool IsPrivate => (Value & 0x0001_0000) != 0;

    /// <summary>Whether the element reserves a block of private elements for its creator (PS3.5 §7.8.1).</summary>
    public bool IsPrivateCreator => IsPrivate && Element is >= 0x10 and <= 0xFF;

    /// <summary>Whether the element is a retired group length (PS3.5 §7.2).</summary>
    public bool IsGroupLength => (Value & 0xFFFF) == 0;

    public static bool operator <(DicomTag left, DicomTag right) => left.Value < right.Value;

    public static bool operator >(DicomTag left, DicomTag right) => left.Value > right.Value;

    public static bool operator <=(DicomTag left, DicomTag right) => left.Value <= right.Value;

    public static bool operator >=(DicomTag left, DicomTag right) => left.Value >= right.Value;

    /// <summary>Reads <c>00100020</c>, <c>0010,0020</c> or <c>(0010,0020)</c>. False for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DicomTag tag)
    {
        tag = default;
        if (text is ['(', .., ')'])
        {
            text = text[1..^1];
        }

        Span<char> digits = stackalloc char[8];
        if (text.Length == 9 && text[4] == ',')
        {
            text[..4].CopyTo(digits);
            text[5..].CopyTo(digits[4..]);
        }
        else if (text.Length == 8)
        {
            text.CopyTo(digits);
        }
        else
        {
            return false;
        }

        if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
        {
            return false;
        }

        tag = new DicomTag(value);
        return true;
    }

    public int CompareTo(DicomTag other) => Value.CompareTo(other.Value);

    /// <summary>Eight hexadecimal digits, as DICOM JSON and DICOMweb paths write it (PS3.18 §F.2.2).</summary>
    public string ToHex() => Value.ToString("X8", CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Group:X4},{Element:X4})");
}
