using System.Collections;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Encoding;

namespace RecordHub.Dicom.DataSet;

/// <summary>
/// An ordered set of elements (PS3.5 §7). One that was read is a view on the reader's tape until it is changed; one that
/// is built owns its elements.
/// </summary>
/// <remarks>Reading from several threads is safe as long as none of them changes it.</remarks>
public sealed partial class DicomDataSet : IReadOnlyCollection<DicomElement>
{
    private List<OwnedElement>? _owned;
    private readonly int _first;
    private readonly int _end;
    private CharacterSet? _characterSet;

    /// <summary>An empty data set to be built.</summary>
    public DicomDataSet() => _owned = [];

    internal DicomDataSet(DataSetTape tape, int first, int end, DicomDataSet? parent)
    {
        Tape = tape;
        _first = first;
        _end = end;
        Parent = parent;
    }

    /// <summary>The data set whose sequence has this one as an item; null at the top.</summary>
    public DicomDataSet? Parent { get; private set; }

    public int Count => _owned?.Count ?? CountRows();

    internal DataSetTape? Tape { get; private set; }

    /// <summary>The rows of this data set's elements; meaningful while <see cref="Tape"/> is there.</summary>
    internal (int First, int End) Rows => (_first, _end);

    /// <summary>The character set of its text: its own, or that of the nearest data set around it (PS3.5 §6.1.2.3).</summary>
    internal CharacterSet CharacterSet
    {
        get
        {
            if (_owned is not null)
            {
                return TryGet(DicomTags.SpecificCharacterSet, out DicomElement declared)
                    ? CharacterSet.Of(declared.Value.Span)
                    : Parent?.CharacterSet ?? CharacterSet.Default;
            }

            return _characterSet ??= TryGet(DicomTags.SpecificCharacterSet, out DicomElement element)
                ? CharacterSet.Of(element.Value.Span)
                : Parent?.CharacterSet ?? CharacterSet.Default;
        }
    }

    public bool Contains(DicomTag tag) => TryGet(tag, out _);

    /// <summary>The element, or false when the data set has none of this tag.</summary>
    public bool TryGet(DicomTag tag, out DicomElement element)
    {
        if (_owned is not null)
        {
            int index = IndexOf(tag);
            element = index < 0 ? default : new DicomElement(this, _owned[index]);
            return index >= 0;
        }

        int row = Tape?.Find(_first, _end, tag.Value) ?? -1;
        element = row < 0 ? default : new DicomElement(this, row);
        return row >= 0;
    }

    /// <summary>
    /// The element of a private block: <paramref name="element"/> is the lower byte, the upper one is where the creator
    /// reserved its block (PS3.5 §7.8.1).
    /// </summary>
    public bool TryGetPrivate(ushort group, string creator, byte element, out DicomElement found)
    {
        for (ushort block = 0x10; block <= 0xFF; block++)
        {
            if (GetString(new DicomTag(group, block)) == creator)
            {
                return TryGet(new DicomTag(group, (ushort)((block << 8) | element)), out found);
            }
        }

        found = default;
        return false;
    }

    public IEnumerator<DicomElement> GetEnumerator()
    {
        if (_owned is not null)
        {
            foreach (OwnedElement owned in _owned)
            {
                yield return new DicomElement(this, owned);
            }
        }
        else if (Tape is { } tape)
        {
            for (int row = _first; row < _end; row += tape.Rows[row].Span)
            {
                yield return new DicomElement(this, row);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The type's name only: values are never printed by accident.</summary>
    public override string ToString() => nameof(DicomDataSet);

    internal IReadOnlyList<DicomDataSet> ItemsOf(DicomElement element)
    {
        if (element.Owned is not null)
        {
            return element.Owned.Items is { } items ? items : [];
        }

        if (Tape is not { } tape || tape.Rows[element.RowIndex] is not { Kind: RowKind.Sequence } sequence)
        {
            return [];
        }

        List<DicomDataSet> views = [];
        int end = element.RowIndex + 1 + sequence.Length;
        for (int row = element.RowIndex + 1; row < end; row += tape.Rows[row].Span)
        {
            views.Add(new DicomDataSet(tape, row + 1, row + tape.Rows[row].Span, this));
        }

        return views;
    }

    private int CountRows()
    {
        int count = 0;
        for (int row = _first; row < _end && Tape is { } tape; row += tape.Rows[row].Span)
        {
            count++;
        }

        return count;
    }

    private int IndexOf(DicomTag tag)
    {
        List<OwnedElement> owned = _owned ?? [];
        int low = 0;
        int high = owned.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = owned[middle].Tag.CompareTo(tag);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
