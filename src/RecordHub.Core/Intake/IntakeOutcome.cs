using RecordHub.Dicom.DataSet;

namespace RecordHub.Core.Intake;

/// <summary>What the one door answers. Everything but <see cref="Refused"/> means: the bytes are durable.</summary>
public abstract record IntakeOutcome
{
    private IntakeOutcome()
    {
    }

    /// <summary>The item that holds the bytes; null when nothing was kept.</summary>
    public ItemId? Kept => this switch
    {
        Accepted accepted => accepted.Item,
        AlreadyHeld held => held.Item,
        Conflicting conflicting => conflicting.Item,
        _ => null,
    };

    /// <summary>What the sender should know of bytes that were kept as they came; null when there is nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>Stored and handed on; nothing like it was held.</summary>
    public sealed record Accepted(ItemId Item, ContentHash Hash) : IntakeOutcome;

    /// <summary>These bytes are held already; no second copy was kept.</summary>
    public sealed record AlreadyHeld(ItemId Item, ContentHash Hash) : IntakeOutcome;

    /// <summary>The same SOP Instance UID with other bytes: both are kept and a conflict is raised on the new one.</summary>
    public sealed record Conflicting(ItemId Item, ContentHash Hash, ItemId Earlier) : IntakeOutcome;

    /// <summary>Not a record; <paramref name="What"/> names what it is. Nothing was kept.</summary>
    public sealed record Ignored(string What) : IntakeOutcome;

    /// <summary>Nothing was kept, and the sender must know.</summary>
    public sealed record Refused(RefusalReason Reason, string Detail) : IntakeOutcome
    {
        /// <summary>The element that it is about, Offending Element (0000,0901); null where none is alone to blame.</summary>
        public DicomTag? Offending { get; init; }
    }
}
