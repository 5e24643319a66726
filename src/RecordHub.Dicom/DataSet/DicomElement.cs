namespace RecordHub.Dicom.DataSet;

/// <summary>An element as its data set has it: a cheap view, valid as long as the data set is.</summary>
/// <remarks><c>default</c> is no element: its tag is (0000,0000) and its value empty.</remarks>
public readonly struct DicomElement
{
    private readonly DicomDataSet? _dataSet;
    private readonly OwnedElement? _owned;
    private readonly int _row;

    internal DicomElement(DicomDataSet dataSet, int row)
    {
        _dataSet = dataSet;
        _row = row;
    }

    internal DicomElement(DicomDataSet dataSet, OwnedElement owned)
    {
        _dataSet = dataSet;
        _owned = owned;
    }

    public DicomTag Tag => _owned?.Tag ?? Row.TagOf;

    public DicomVr Vr => _owned?.Vr ?? Row.VrOf;

    /// <summary>
    /// The bytes, numbers in little endian. Empty for sequences, for encapsulated data, and for what was not kept.
    /// </summary>
    public ReadOnlyMemory<byte> Value
    {
        get
        {
            if (_dataSet is null)
            {
                return ReadOnlyMemory<byte>.Empty;
            }

            return _owned is null ? Tape.ValueOf(Row) : _dataSet.Encode(_owned);
        }
    }

    /// <summary>Whether the value is here; if not, <see cref="ValueOffset"/> says where it was in the input.</summary>
    public bool IsLoaded => _owned is null ? Row.Kind != RowKind.Place : _owned.Place is null;

    /// <summary>The first byte in the input of a value that was not kept; -1 for any other.</summary>
    public long ValueOffset => Place?.Offset ?? -1;

    /// <summary>Bytes of the value, kept or not.</summary>
    public long ValueLength => Place?.Length ?? Value.Length;

    public bool IsSequence => _owned is null ? Row.Kind == RowKind.Sequence : _owned.Items is not null;

    /// <summary>Whether the value is a sequence of fragments (PS3.5 §A.4).</summary>
    public bool IsEncapsulated => _owned is null ? Row.Kind == RowKind.Fragments : _owned.Fragments is not null;

    /// <summary>Whether the element is there without a value.</summary>
    public bool IsEmpty => IsSequence ? Items.Count == 0 : !IsEncapsulated && ValueLength == 0;

    /// <summary>The items of a sequence; none for anything else.</summary>
    public IReadOnlyList<DicomDataSet> Items => _dataSet is null ? [] : _dataSet.ItemsOf(this);

    /// <summary>The fragments of encapsulated data, of which the first is the Basic Offset Table.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Fragments
    {
        get
        {
            if (_owned is not null)
            {
                return _owned.Fragments ?? [];
            }

            TapeRow row = Row;
            if (row.Kind != RowKind.Fragments)
            {
                return [];
            }

            ReadOnlyMemory<byte>[] fragments = new ReadOnlyMemory<byte>[row.Length];
            for (int i = 0; i < fragments.Length; i++)
            {
                fragments[i] = Tape.ValueOf(Tape.Rows[_row + 1 + i]);
            }

            return fragments;
        }
    }

    internal OwnedElement? Owned => _owned;

    internal int RowIndex => _row;

    private DataSetTape Tape => _dataSet?.Tape ?? DataSetTape.Empty;

    private TapeRow Row => _owned is null && _dataSet is not null ? Tape.Rows[_row] : default;

    internal ValuePlace? Place
    {
        get
        {
            if (_owned is not null)
            {
                return _owned.Place;
            }

            TapeRow row = Row;
            return row.Kind == RowKind.Place ? Tape.Places[row.Position] : null;
        }
    }

    /// <summary>The tag and representation: values are never printed by accident.</summary>
    public override string ToString() => $"{Tag} {Vr.Code()}";
}
