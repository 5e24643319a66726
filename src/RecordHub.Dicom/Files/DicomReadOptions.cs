namespace RecordHub.Dicom.Files;

/// <summary>What a reader keeps and where it stops. The defaults suit a header read while pixels go by.</summary>
public sealed record DicomReadOptions
{
    public static DicomReadOptions Default { get; } = new();

    /// <summary>Keeps everything, pixels too: for tools and tests on input whose size is known.</summary>
    public static DicomReadOptions WholeFile { get; } = new()
    {
        MaxValueLength = int.MaxValue,
        MaxKeptBytes = int.MaxValue,
        KeepPixelData = true,
    };

    /// <summary>Values up to this length are kept; of longer ones the place and length.</summary>
    public int MaxValueLength { get; init; } = 64 * 1024;

    /// <summary>Bytes of values kept in all.</summary>
    public int MaxKeptBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Elements and items kept in all; beyond, nested ones are passed over.</summary>
    public int MaxElements { get; init; } = 2_000_000;

    /// <summary>Sequences inside sequences.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Fragments of pixel data whose places are remembered.</summary>
    public int MaxFragments { get; init; } = 1_000_000;

    /// <summary>Warnings kept; the same one at the same tag is kept once.</summary>
    public int MaxWarnings { get; init; } = 64;

    /// <summary>Keeps pixel data as values.</summary>
    public bool KeepPixelData { get; init; }
}
