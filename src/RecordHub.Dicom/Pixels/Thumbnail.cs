namespace RecordHub.Dicom.Pixels;

/// <summary>A small picture of an image, or why there is none.</summary>
public abstract record Thumbnail
{
    private Thumbnail()
    {
    }

    /// <summary>A picture that a browser shows.</summary>
    public sealed record Picture(ReadOnlyMemory<byte> Bytes, string MediaType) : Thumbnail;

    /// <summary>There is none; a few words say why.</summary>
    public sealed record None(string Why) : Thumbnail;
}
