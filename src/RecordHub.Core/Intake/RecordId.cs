using System.Globalization;

namespace RecordHub.Core.Intake;

/// <summary>
/// Names one patient's share of an item. Most items hold one record; a bundle or a batch with several patients holds
/// one each. The text is the item id for the first, and <c>item-n</c> for the n-th.
/// </summary>
public readonly record struct RecordId(ItemId Item, int Part = 1)
{
    /// <summary>Reads the text form; false for anything else.</summary>
    public static bool TryParse(string? text, out RecordId id)
    {
        id = default;
        if (text is null)
        {
            return false;
        }

        int dash = text.IndexOf('-', StringComparison.Ordinal);
        int part = 1;
        if (dash >= 0 && (!int.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out part)
            || part < 2))
        {
            return false;
        }

        bool valid = ItemId.TryParse(dash < 0 ? text : text[..dash], out ItemId item);
        id = new RecordId(item, part);
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() =>
        Part == 1 ? Item.ToString() : string.Create(CultureInfo.InvariantCulture, $"{Item}-{Part}");
}
