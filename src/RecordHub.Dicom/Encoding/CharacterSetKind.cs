namespace RecordHub.Dicom.Encoding;

/// <summary>Which half of the code table a character set fills (ISO 2022, PS3.5 §6.1.2.5).</summary>
internal enum CharacterSetKind
{
    /// <summary>Bytes below 128, one each.</summary>
    G0SingleByte = 0,

    /// <summary>Bytes above 127, one each.</summary>
    G1SingleByte,

    /// <summary>Pairs of bytes below 128.</summary>
    G0DoubleByte,

    /// <summary>Pairs of bytes below 128, of the supplementary Japanese set (JIS X 0212).</summary>
    G0DoubleByteSupplement,

    /// <summary>Pairs of bytes above 127.</summary>
    G1DoubleByte,

    /// <summary>Any bytes, without code extensions: UTF-8, GB18030, GBK.</summary>
    Whole,
}
