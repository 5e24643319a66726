namespace RecordHub.Dicom.Network;

/// <summary>Length, context and message control header of one presentation data value (PS3.8 §9.3.5.1, Annex E).</summary>
/// <param name="ContextId">The presentation context.</param>
/// <param name="IsCommand">A command set's bytes, otherwise a data set's.</param>
/// <param name="IsLast">The last fragment of its command or data set.</param>
/// <param name="Length">Bytes of the fragment.</param>
internal readonly record struct PdvHeader(byte ContextId, bool IsCommand, bool IsLast, uint Length)
{
    /// <summary>Bytes before the fragment: item length, context id, control header.</summary>
    public const int Size = 6;
}
