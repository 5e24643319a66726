namespace RecordHub.Core.Intake;

/// <summary>What the item store did with a received item.</summary>
public abstract record Receipt
{
    private Receipt()
    {
    }

    /// <summary>A new row and its outbox row were committed.</summary>
    public sealed record New : Receipt;

    /// <summary>A new row was committed, and it conflicts with an earlier one of the same SOP Instance UID.</summary>
    public sealed record NewInConflict(ItemId Earlier) : Receipt;

    /// <summary>
    /// The same content is held for the same case (or for none). When it was waiting in the inbox and now came for a
    /// named case, the held item was given that case and handed on again (<paramref name="Redriven"/>).
    /// </summary>
    public sealed record Known(ItemId Item, bool Redriven) : Receipt;
}
