namespace RecordHub.Dicom.DataSet;

/// <summary>
/// A data set flattened: rows in the order of the standard, nested ones directly below their sequence, ascending and
/// unique on each level; values are slices of one buffer, always little endian.
/// </summary>
internal sealed class DataSetTape(
    TapeRow[] rows, int count, ReadOnlyMemory<byte> values, IReadOnlyList<ValuePlace> places)
{
    public static DataSetTape Empty { get; } = new([], 0, ReadOnlyMemory<byte>.Empty, []);

    public TapeRow[] Rows { get; } = rows;

    public int Count { get; } = count;

    public IReadOnlyList<ValuePlace> Places { get; } = places;

    public ReadOnlyMemory<byte> Values { get; } = values;

    public ReadOnlyMemory<byte> ValueOf(in TapeRow row) =>
        row.Kind == RowKind.Value ? Values.Slice(row.Position, row.Length) : ReadOnlyMemory<byte>.Empty;

    /// <summary>The row of a tag among the siblings in [first, end), or -1.</summary>
    public int Find(int first, int end, uint tag)
    {
        TapeRow[] rows = Rows;
        for (int i = first; i < end; i += rows[i].Span)
        {
            if (rows[i].Tag >= tag)
            {
                return rows[i].Tag == tag ? i : -1;
            }
        }

        return -1;
    }
}
