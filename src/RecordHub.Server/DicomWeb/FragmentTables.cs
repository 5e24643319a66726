using RecordHub.Core.Intake;
using RecordHub.Dicom.Files;

namespace RecordHub.Server.DicomWeb;

/// <summary>
/// Where the fragments of long instances lie, kept from one request to the next: to find them the whole file is gone through.
/// By content, which never changes, and whoever asks has opened the blob. Bounded; the first kept goes first.
/// </summary>
internal sealed class FragmentTables
{
    /// <summary>Instances with fewer fragments are gone through again.</summary>
    internal const int Fewest = 64;

    // 16 bytes each.
    private const int MostFragments = 1_000_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<ContentHash, PixelDataLocation> _tables = [];
    private readonly Queue<ContentHash> _order = [];
    private long _fragments;

    /// <summary>The pixel data of a blob; null when it is not kept.</summary>
    internal PixelDataLocation? Find(ContentHash blob)
    {
        lock (_lock)
        {
            return _tables.GetValueOrDefault(blob);
        }
    }

    /// <summary>Keeps where the fragments of a blob are, if that is worth it.</summary>
    internal void Keep(ContentHash blob, PixelDataLocation pixels)
    {
        if (!pixels.IsEncapsulated || pixels.Fragments.Count is < Fewest or > MostFragments)
        {
            return;
        }

        // Not the header that the offset table is a part of.
        PixelDataLocation kept = pixels with { BasicOffsetTable = pixels.BasicOffsetTable.ToArray() };
        lock (_lock)
        {
            if (!_tables.TryAdd(blob, kept))
            {
                return;
            }

            _order.Enqueue(blob);
            _fragments += kept.Fragments.Count;
            while (_fragments > MostFragments && _order.TryDequeue(out ContentHash first) && _tables.Remove(first, out PixelDataLocation? gone))
            {
                _fragments -= gone.Fragments.Count;
            }
        }
    }
}
