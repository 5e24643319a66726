namespace RecordHub.Dicom.Dictionary;

/// <summary>The committed tables that are text: embedded, so that the assembly is all that is needed.</summary>
internal static class EmbeddedText
{
    public static byte[] Load(string name)
    {
        using Stream stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without its table {name}.");
        byte[] text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }
}
