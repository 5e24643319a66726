namespace RecordHub.Core.Intake;

/// <summary>Names one received item: 32 lower-case hexadecimal digits, ordered by time of receipt (UUID version 7).</summary>
public readonly record struct ItemId(Guid Value)
{
    /// <summary>A new identifier for something received now.</summary>
    public static ItemId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <summary>Reads the text form; false for anything else.</summary>
    public static bool TryParse(string? text, out ItemId id)
    {
        bool valid = Guid.TryParseExact(text, "N", out Guid value);
        id = new ItemId(value);
        return valid;
    }

    /// <summary>Reads an identifier that we wrote ourselves.</summary>
    /// <exception cref="FormatException">The text is not an item id.</exception>
    public static ItemId Parse(string text) => new(Guid.ParseExact(text, "N"));

    /// <inheritdoc />
    public override string ToString() => Value.ToString("N");
}
