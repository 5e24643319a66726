using RecordHub.Documents.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;

namespace RecordHub.Documents.Pdf;

/// <summary>The words of a page in the order in which they are drawn; blanks and lines come from the distances between letters.</summary>
/// <remarks>Many producers draw no blanks at all (TeX), and some draw bold letters several times over each other.</remarks>
internal sealed class PdfPageText(TextSink text)
{
    // Shares of the font size. Between letters of a word the gap is near zero, between words a fifth and more.
    private const double WordGap = 0.15;
    private const double CellGap = 1.6;
    private const double BackStep = 0.6;
    private const double LineStep = 0.55;
    private const double ParagraphStep = 1.9;
    private readonly HashSet<(string Value, long X, long Y)> _drawn = [];
    private PdfPoint _direction = new(1, 0);
    private Place? _last;

    /// <summary>False when the page holds no letters.</summary>
    public static bool Write(Page page, TextSink text)
    {
        PdfPageText writer = new(text);
        bool any = false;
        foreach (Letter letter in page.Letters)
        {
            any |= !string.IsNullOrWhiteSpace(letter.Value);
            writer.Write(letter);
        }

        return any;
    }

    private void Write(Letter letter)
    {
        Place place = PlaceOf(letter);
        if (IsDrawnAgain(letter))
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(letter.Value))
        {
            // A blank at its place is a blank; where the text then goes on is seen at the next letter.
            text.Space(wide: false);
            return;
        }

        if (_last is { } last)
        {
            Separate(last, place);
        }

        text.Write(Ligatures(letter.Value));
        _last = place;
    }

    /// <summary>The same letter less than half a point away: no two letters of a word are so close.</summary>
    private bool IsDrawnAgain(Letter letter)
    {
        const double CellsPerPoint = 4;
        long x = (long)Math.Clamp(letter.StartBaseLine.X * CellsPerPoint, -1e9, 1e9);
        long y = (long)Math.Clamp(letter.StartBaseLine.Y * CellsPerPoint, -1e9, 1e9);
        for (int i = 0; i < 9; i++)
        {
            if (_drawn.Contains((letter.Value, x + (i % 3) - 1, y + (i / 3) - 1)))
            {
                return true;
            }
        }

        _drawn.Add((letter.Value, x, y));
        return false;
    }

    private void Separate(Place last, Place place)
    {
        double size = Math.Max(last.Size, place.Size);
        double down = Math.Abs(place.Across - last.Across);
        double gap = place.Start - last.End;
        if (last.Direction != place.Direction || down > ParagraphStep * size)
        {
            text.Paragraph();
        }
        else if (down > LineStep * size || gap < -BackStep * size)
        {
            text.Line();
        }
        else if (gap > WordGap * Math.Min(last.Size, place.Size))
        {
            text.Space(wide: gap > CellGap * size);
        }
    }

    /// <summary>Along and across the way the letter is written, so that turned text reads like any other.</summary>
    private Place PlaceOf(Letter letter)
    {
        PdfPoint start = letter.StartBaseLine;
        PdfPoint end = letter.EndBaseLine;
        double dx = end.X - start.X;
        double dy = end.Y - start.Y;
        double length = Math.Sqrt((dx * dx) + (dy * dy));
        if (length > 0.01)
        {
            _direction = new PdfPoint(dx / length, dy / length);
        }

        double size = letter.PointSize is > 0.5 and < 2_000 ? letter.PointSize : Math.Clamp(letter.BoundingBox.Height, 1, 2_000);
        double along = (start.X * _direction.X) + (start.Y * _direction.Y);
        double across = (start.Y * _direction.X) - (start.X * _direction.Y);
        int direction = (int)Math.Round(Math.Atan2(_direction.Y, _direction.X) * 36 / Math.PI);
        return new Place(along, along + length, across, size, direction == -36 ? 36 : direction);
    }

    private static string Ligatures(string value) => value.Length != 1
        ? value
        : value[0] switch
        {
            '\ufb00' => "ff",
            '\ufb01' => "fi",
            '\ufb02' => "fl",
            '\ufb03' => "ffi",
            '\ufb04' => "ffl",
            '\ufb05' or '\ufb06' => "st",
            _ => value,
        };

    /// <param name="Direction">In steps of five degrees.</param>
    private readonly record struct Place(double Start, double End, double Across, double Size, int Direction);
}
