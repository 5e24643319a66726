namespace RecordHub.Dicom.Encoding;

/// <summary>A Specific Character Set (PS3.3 §C.12.1.1.2).</summary>
internal sealed class CharacterSet
{
    public static CharacterSet Default { get; } = new();

    public static CharacterSet Of(ReadOnlySpan<byte> specificCharacterSet) => Default;

    public string Decode(ReadOnlySpan<byte> bytes, bool personName) => System.Text.Encoding.Latin1.GetString(bytes);

    public byte[] Encode(string text) => System.Text.Encoding.Latin1.GetBytes(text);
}
