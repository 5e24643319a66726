namespace RecordHub.Dicom.DataSet;

/// <summary>Puts the rows of each level in ascending order; of duplicates the first one stays.</summary>
internal static class TapeSorter
{
    /// <summary>Gives the number of rows that remain.</summary>
    public static int Sort(ref TapeRow[] rows)
    {
        TapeRow[] sorted = new TapeRow[rows.Length];
        int count = 0;
        SortLevel(rows, 0, rows.Length, sorted, ref count);
        rows = sorted;
        return count;
    }

    // Recursion is as deep as the reader lets sequences nest.
    private static void SortLevel(TapeRow[] rows, int first, int end, TapeRow[] sorted, ref int count)
    {
        List<int> order = [];
        for (int row = first; row < end; row += rows[row].Span)
        {
            order.Add(row);
        }

        uint last = 0;
        bool any = false;
        foreach (int row in order.OrderBy(row => rows[row].Tag))
        {
            if (any && rows[row].Tag == last)
            {
                continue;
            }

            any = true;
            last = rows[row].Tag;
            int copy = count++;
            sorted[copy] = rows[row];
            if (rows[row].Kind == RowKind.Fragments)
            {
                Array.Copy(rows, row + 1, sorted, count, rows[row].Length);
                count += rows[row].Length;
            }
            else if (rows[row].Kind == RowKind.Sequence)
            {
                int itemsEnd = row + rows[row].Span;
                for (int item = row + 1; item < itemsEnd; item += rows[item].Span)
                {
                    int itemCopy = count++;
                    sorted[itemCopy] = rows[item];
                    SortLevel(rows, item + 1, item + rows[item].Span, sorted, ref count);
                    sorted[itemCopy].Length = count - itemCopy - 1;
                }
            }

            sorted[copy].Length = rows[row].Kind >= RowKind.Sequence ? count - copy - 1 : rows[row].Length;
        }
    }
}
