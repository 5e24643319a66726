using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Xml;

/// <summary>
/// Which creator has reserved which block of private elements on one level (PS3.5 §7.8.1): the Native DICOM Model names
/// the creator instead of the block.
/// </summary>
internal sealed class PrivateBlocks
{
    private const int FirstBlock = 0x10;
    private const int LastBlock = 0xFF;

    private readonly Dictionary<uint, string> _creators = [];
    private readonly Dictionary<(ushort Group, string Creator), int> _blocks = [];

    /// <summary>Takes notice of an element, which may be a creator.</summary>
    public void Note(DicomTag tag, string? firstValue)
    {
        if (tag.IsPrivateCreator && firstValue is { Length: > 0 } creator)
        {
            _creators[tag.Value] = creator;
            _blocks.TryAdd((tag.Group, creator), tag.Element);
        }
    }

    /// <summary>The creator of a private element, and whether its block is the only one of this creator.</summary>
    public (string? Creator, bool IsOnly) Of(DicomTag tag)
    {
        int block = tag.Element >> 8;
        return tag.IsPrivate && _creators.TryGetValue(((uint)tag.Group << 16) | (uint)block, out string? creator)
            ? (creator, _blocks[(tag.Group, creator)] == block)
            : (null, false);
    }

    /// <summary>
    /// The block of a creator; one that is free where it has none yet, of which the data set gets the creator. Zero when
    /// all are taken.
    /// </summary>
    public int Reserve(DicomDataSet dataSet, ushort group, string creator)
    {
        if (_blocks.TryGetValue((group, creator), out int known))
        {
            return known;
        }

        for (ushort block = FirstBlock; block <= LastBlock; block++)
        {
            DicomTag tag = new(group, block);
            if (!dataSet.Contains(tag))
            {
                dataSet.AddText(tag, DicomVr.LO, creator);
                Note(tag, creator);
                return block;
            }
        }

        return 0;
    }
}
