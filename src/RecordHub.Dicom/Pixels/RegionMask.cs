namespace RecordHub.Dicom.Pixels;

/// <summary>Which pixels of a frame are to be blanked: bands of rows that are alike, each with its columns.</summary>
internal sealed class RegionMask
{
    private readonly int[] _tops;
    private readonly ColumnSpan[][] _spans;

    private RegionMask(int[] tops, ColumnSpan[][] spans, long pixels)
    {
        _tops = tops;
        _spans = spans;
        Pixels = pixels;
    }

    /// <summary>Pixels to be blanked in each frame.</summary>
    public long Pixels { get; }

    /// <param name="rows">Rows of the image.</param>
    /// <param name="columns">Columns of the image.</param>
    /// <param name="step">Columns that share samples and are blanked together.</param>
    /// <param name="blanked">What is blanked; parts outside the image count for nothing.</param>
    /// <param name="kept">What is outside all of these is blanked too; null: nothing is.</param>
    public static RegionMask Of(
        int rows, int columns, int step, IReadOnlyList<PixelRegion> blanked, IReadOnlyList<PixelRegion>? kept)
    {
        int[] tops = [.. blanked.Concat(kept ?? []).SelectMany(region => (int[])[region.Y, region.Y + region.Height])
            .Append(0).Where(top => top < rows).Distinct().Order()];
        ColumnSpan[][] spans = new ColumnSpan[tops.Length][];
        long pixels = 0;
        for (int i = 0; i < tops.Length; i++)
        {
            IEnumerable<ColumnSpan> inside = Of(blanked, tops[i], columns);
            IEnumerable<ColumnSpan> outside = kept is null ? [] : Between(Merge(Of(kept, tops[i], columns)), columns);
            spans[i] = Merge(inside.Concat(outside).Select(span => Widen(span, step)));
            int bottom = i + 1 < tops.Length ? tops[i + 1] : rows;
            pixels += (long)(bottom - tops[i]) * spans[i].Sum(span => span.To - span.From);
        }

        return new RegionMask(tops, spans, pixels);
    }

    /// <summary>In ascending order, no two of them touching.</summary>
    public ReadOnlySpan<ColumnSpan> SpansOf(int row)
    {
        int at = Array.BinarySearch(_tops, row);
        return _spans[at < 0 ? ~at - 1 : at];
    }

    private static IEnumerable<ColumnSpan> Of(IReadOnlyList<PixelRegion> regions, int row, int columns) => regions
        .Where(region => region.Y <= row && row < region.Y + region.Height && region.X < columns)
        .Select(region => new ColumnSpan(region.X, Math.Min(columns, region.X + region.Width)));

    private static IEnumerable<ColumnSpan> Between(ColumnSpan[] spans, int columns)
    {
        int from = 0;
        foreach (ColumnSpan span in spans.Append(new ColumnSpan(columns, columns)))
        {
            if (span.From > from)
            {
                yield return new ColumnSpan(from, span.From);
            }

            from = span.To;
        }
    }

    private static ColumnSpan Widen(ColumnSpan span, int step) =>
        new(span.From / step * step, (span.To + step - 1) / step * step);

    private static ColumnSpan[] Merge(IEnumerable<ColumnSpan> spans)
    {
        List<ColumnSpan> merged = [];
        foreach (ColumnSpan span in spans.OrderBy(span => span.From))
        {
            if (merged.Count > 0 && span.From <= merged[^1].To)
            {
                merged[^1] = merged[^1] with { To = Math.Max(merged[^1].To, span.To) };
            }
            else
            {
                merged.Add(span);
            }
        }

        return [.. merged];
    }
}
