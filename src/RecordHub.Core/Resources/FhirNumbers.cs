using System.Globalization;
using System.Text.RegularExpressions;

namespace RecordHub.Core.Resources;

/// <summary>
/// Numbers as the index keeps them: whole numbers in the order of the decimals, to some fifteen digits, so that one column
/// compares dates and numbers (R4 search.html §number).
/// </summary>
public static partial class FhirNumbers
{
    private const int Longest = 60;
    private const int MostDecimals = 28;

    /// <summary>Reads a number; false for what is none, or no finite one.</summary>
    public static bool TryRead(string? text, out long number)
    {
        number = 0;
        if (text is not { Length: > 0 and <= Longest } || !Number().IsMatch(text)
            || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            return false;
        }

        number = Of(value);
        return true;
    }

    /// <summary>
    /// The range of what a number means by its precision, both ends included: 100 is from 99.5 to less than 100.5, and 5.40 from 5.395.
    /// </summary>
    public static bool TryRange(string? text, out long low, out long high)
    {
        low = 0;
        high = 0;
        if (!TryRead(text, out long number))
        {
            return false;
        }

        int exponentAt = text!.IndexOfAny(['e', 'E']);
        int exponent = exponentAt < 0 ? 0
            : int.Parse(text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string digits = exponentAt < 0 ? text : text[..exponentAt];
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        int last = exponent - (point < 0 ? 0 : digits.Length - point - 1);
        (double least, double over) = Around(text, last);
        if (!double.IsFinite(least) || !double.IsFinite(over))
        {
            return false;
        }

        // What has more digits than are kept is at least itself.
        low = Math.Min(Of(least), number);
        high = Math.Max(Of(over) - 1, number);
        return true;
    }

    /// <summary>The range of a tenth below and above a number, both ends included.</summary>
    public static bool TryAbout(string? text, out long low, out long high)
    {
        low = 0;
        high = 0;
        if (!TryRead(text, out _))
        {
            return false;
        }

        double value = double.Parse(text!, NumberStyles.Float, CultureInfo.InvariantCulture);
        double tenth = Math.Abs(value) / 10;
        low = Of(value - tenth);
        high = Of(value + tenth);
        return true;
    }

    // Exactly, as long as a decimal can say it.
    private static (double Least, double Over) Around(string text, int last)
    {
        if (last is > -MostDecimals and < MostDecimals - 1
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            && Math.Abs(value) < decimal.MaxValue / 10)
        {
            decimal half = 0.5m;
            for (int i = 0; i < Math.Abs(last); i++)
            {
                half = last < 0 ? half / 10 : half * 10;
            }

            if (half < decimal.MaxValue / 10)
            {
                return (Exact(value - half), Exact(value + half));
            }
        }

        double number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        double unit = Math.Pow(10, last) / 2;
        return (number - unit, number + unit);
    }

    // By way of its digits, as every other number comes.
    private static double Exact(decimal value) =>
        double.Parse(value.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    // The bits of a double are in the order of its values, but those below zero in the reverse.
    private static long Of(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    [GeneratedRegex("^[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
