namespace RecordHub.Dicom.DataSet;

/// <summary>The order of bytes in binary values and lengths (PS3.5 §7.3).</summary>
public enum ByteOrder
{
    LittleEndian = 0,
    BigEndian,
}
