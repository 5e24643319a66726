using System.Globalization;

namespace RecordHub.Core.Cases;

/// <summary>The number of a case, counted from 1 in each installation. <c>default</c> is no case.</summary>
public readonly record struct CaseNumber(long Value)
{
    /// <summary>Whether this is no case at all.</summary>
    public bool IsNone => Value == 0;

    /// <summary>Reads a positive whole number; false for anything else.</summary>
    public static bool TryParse(string? text, out CaseNumber number)
    {
        bool valid = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value > 0;
        number = valid ? new CaseNumber(value) : default;
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
