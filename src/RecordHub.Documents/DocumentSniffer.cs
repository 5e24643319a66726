namespace RecordHub.Documents;

/// <summary>Tells what kind of document a file is by its first bytes; the name only breaks ties.</summary>
public static class DocumentSniffer
{
    /// <summary>The most bytes of the head that are looked at.</summary>
    public const int HeadLength = 64 * 1024;

    /// <summary>False means "not a document": DICOM, FHIR, images, archives and other binary files are never claimed.</summary>
    public static bool TryRecognise(ReadOnlySpan<byte> head, string? fileName, out DocumentKind kind)
    {
        kind = default;
        return false;
    }
}
