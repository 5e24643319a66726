using System.Buffers;

namespace RecordHub.Dicom.DataSet;

/// <summary>Collects a tape from pooled memory that grows with what has arrived, never with what was declared.</summary>
/// <remarks>With a source, values are slices of it; without one they are copied.</remarks>
internal sealed class TapeBuilder(ReadOnlyMemory<byte>? source, int maxElements)
{
    // Elements of the outermost data set are kept beyond the limit on nested ones, up to this many.
    private const int TopLevelReserve = 65_536;

    private TapeRow[] _rows = ArrayPool<TapeRow>.Shared.Rent(256);
    private byte[] _values = [];
    private List<ValuePlace>? _places;
    private bool _unsorted;

    public int Count { get; private set; }

    public int ValueBytes { get; private set; }

    public bool CopiesValues => source is null;

    public bool IsFull(bool topLevel) => Count >= maxElements + (topLevel ? TopLevelReserve : 0);

    /// <summary>Appends a row and gives its index, or -1 when the limit is reached.</summary>
    public int Add(uint tag, DicomVr vr, RowKind kind, int position, int length, bool topLevel)
    {
        if (IsFull(topLevel))
        {
            return -1;
        }

        if (Count == _rows.Length)
        {
            TapeRow[] larger = ArrayPool<TapeRow>.Shared.Rent(Count * 2);
            _rows.AsSpan(0, Count).CopyTo(larger);
            ArrayPool<TapeRow>.Shared.Return(_rows);
            _rows = larger;
        }

        _rows[Count] = new TapeRow { Tag = tag, Vr = (byte)vr, Kind = kind, Position = position, Length = length };
        return Count++;
    }

    public int AddPlace(uint tag, DicomVr vr, long offset, long length, bool topLevel)
    {
        if (IsFull(topLevel))
        {
            return -1;
        }

        _places ??= new(1);
        _places.Add(new ValuePlace(offset, length));
        return Add(tag, vr, RowKind.Place, _places.Count - 1, 0, topLevel);
    }

    /// <summary>Whether a value below the row, which is the last that was opened, was not kept.</summary>
    public bool HasPlaceBelow(int row)
    {
        foreach (ref readonly TapeRow below in _rows.AsSpan(row + 1, Count - row - 1))
        {
            if (below.Kind == RowKind.Place)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Says that all rows below a sequence, item or fragments are there.</summary>
    public void Close(int row)
    {
        if (row >= 0)
        {
            _rows[row].Length = Count - row - 1;
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (ValueBytes + bytes.Length > _values.Length)
        {
            long wanted = Math.Max(4096, (ValueBytes + (long)bytes.Length) * 2);
            byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, wanted));
            _values.AsSpan(0, ValueBytes).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_values);
            _values = larger;
        }

        bytes.CopyTo(_values.AsSpan(ValueBytes));
        ValueBytes += bytes.Length;
    }

    /// <summary>Forgets the values from a position on, such as those of an element that was cut off.</summary>
    public void Truncate(int valueBytes) => ValueBytes = Math.Min(ValueBytes, valueBytes);

    /// <summary>The bytes of a value that is complete.</summary>
    public ReadOnlySpan<byte> Value(int position, int length) =>
        source is { } memory ? memory.Span.Slice(position, length) : _values.AsSpan(position, length);

    /// <summary>The bytes of a copied value, to be turned round.</summary>
    public Span<byte> CopiedValue(int position, int length) => _values.AsSpan(position, length);

    public void Retype(int row, DicomVr vr, RowKind kind) => (_rows[row].Vr, _rows[row].Kind) = ((byte)vr, kind);

    public void RemoveLast() => Count--;

    /// <summary>Makes a value a place, because it turned out to be longer than was kept.</summary>
    public void Replace(int row, long offset, long length) => Replace(row, new ValuePlace(offset, length));

    /// <summary>Makes fragments a place, because they are not kept or one of them is longer than is kept.</summary>
    public void ReplaceFragments(int row, long offset, long length)
    {
        Count = row + 1;
        Replace(row, new ValuePlace(offset, length, IsEncapsulated: true));
    }

    public void MarkUnsorted() => _unsorted = true;

    public int Find(int first, uint tag)
    {
        for (int i = first; i < Count; i += _rows[i].Span)
        {
            if (_rows[i].Tag == tag)
            {
                return i;
            }
        }

        return -1;
    }

    public TapeRow this[int row] => _rows[row];

    /// <summary>The bytes of an element of the outermost data set; none when it is not there, or was not kept.</summary>
    public ReadOnlySpan<byte> ValueOf(DicomTag tag) =>
        Find(0, tag.Value) is >= 0 and int row && _rows[row] is { Kind: RowKind.Value } value
            ? Value(value.Position, value.Length)
            : [];

    /// <summary>Says that nothing more comes: from now on rows are ascending and unique on each level.</summary>
    public void End()
    {
        if (_unsorted)
        {
            TapeRow[] rows = _rows.AsSpan(0, Count).ToArray();
            Count = TapeSorter.Sort(ref rows);
            rows.AsSpan(0, Count).CopyTo(_rows);
            _unsorted = false;
        }
    }

    /// <summary>Gives the memory back; harmless after <see cref="Build"/>, and twice.</summary>
    public void Return()
    {
        ArrayPool<TapeRow>.Shared.Return(_rows);
        ArrayPool<byte>.Shared.Return(_values);
        _rows = [];
        _values = [];
        Count = 0;
    }

    /// <summary>Hands over what was collected; the builder must not be used again.</summary>
    public DataSetTape Build()
    {
        End();
        TapeRow[] rows = _rows.AsSpan(0, Count).ToArray();
        ReadOnlyMemory<byte> values = source ?? _values.AsSpan(0, ValueBytes).ToArray();
        Return();
        return new DataSetTape(rows, rows.Length, values, _places is null ? [] : _places);
    }

    private void Replace(int row, ValuePlace place)
    {
        _places ??= [];
        _places.Add(place);
        _rows[row].Kind = RowKind.Place;
        _rows[row].Position = _places.Count - 1;
        _rows[row].Length = 0;
    }
}
