namespace RecordHub.Documents.Archives;

/// <summary>A file or folder of a disc image: a large file is several records of the same name (ECMA-119 §6.5.1).</summary>
/// <param name="First">Its first record.</param>
/// <param name="Parts">Where its content is, in order.</param>
/// <param name="IsInterleaved">Whether its content has gaps, which is not read.</param>
internal sealed record IsoEntry(IsoRecord First, IReadOnlyList<(long Offset, long Length)> Parts, bool IsInterleaved)
{
    private const int MaxParts = 4096;

    public string Name => First.Name;

    public bool IsFolder => First.IsFolder;

    /// <summary>The entries of a folder's content, in the order of the image.</summary>
    public static IReadOnlyList<IsoEntry> Read(ReadOnlySpan<byte> folder, IsoVolume volume)
    {
        List<IsoEntry> entries = [];
        List<(long Offset, long Length)> parts = [];
        bool goesOn = false;
        for (int at = 0; at < folder.Length;)
        {
            if (!IsoRecord.TryRead(folder[at..], volume.IsJoliet, out IsoRecord record, out int size))
            {
                // Records do not cross sectors: the rest of this one is padding.
                at = ((at / IsoVolume.SectorLength) + 1) * IsoVolume.SectorLength;
                continue;
            }

            at += size;
            if (record.Name.Length == 0)
            {
                continue;
            }

            (long, long) part = ((long)record.Block * volume.BlockLength, record.Length);
            if (goesOn && entries[^1].Name == record.Name && parts.Count < MaxParts)
            {
                parts.Add(part);
            }
            else
            {
                parts = [part];
                entries.Add(new IsoEntry(record, parts, record.IsInterleaved));
            }

            goesOn = record.HasMoreParts && !record.IsFolder;
        }

        return entries;
    }

    /// <summary>Why it is not handed out; null when it is. A name that is not allowed is not told.</summary>
    public (string Reason, bool IsName)? Refusal(long imageLength) =>
        ArchivePath.Clean(Name) != Name || Name.Contains('/', StringComparison.Ordinal)
            ? ("a name that is not allowed", true)
        : IsInterleaved ? ("its content is interleaved, which is not read; mount the image and import its folder", false)
        : Parts.Any(part => part.Offset + part.Length > imageLength)
            ? ("it lies outside the image; the image is damaged or cut off", false)
        : null;
}
