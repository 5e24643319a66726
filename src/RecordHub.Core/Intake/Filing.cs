using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Intake;

/// <summary>All that filing one item changes, saved in one commit. It replaces what an earlier filing of the item saved.</summary>
public sealed record Filing
{
    /// <summary>The item.</summary>
    public required ItemId Item { get; init; }

    /// <summary>The revision that was read.</summary>
    public required int ExpectedRevision { get; init; }

    /// <summary>The outcome of each record of the item; at least one.</summary>
    public required IReadOnlyList<HeldRecord> Records { get; init; }

    /// <summary>FHIR resources of the filed records, bound to their case's patient.</summary>
    public IReadOnlyList<StoredResource> Resources { get; init; } = [];

    /// <summary>Byte ranges served as Binary.</summary>
    public IReadOnlyList<StoredBinary> Binaries { get; init; } = [];

    /// <summary>DICOM instances of the filed records. Each marks its study for rebuilding (an outbox row, coalesced).</summary>
    public IReadOnlyList<StoredInstance> Instances { get; init; } = [];

    /// <summary>
    /// Identifiers that these records speak for: verified, or assigned by a person. A link stands as long as one item
    /// speaks for it, or the case itself names it.
    /// </summary>
    public IReadOnlyList<IdentifierLink> Links { get; init; } = [];

    /// <summary>Identifiers that a statement of these records joins, or does no more: what carries them looks different now.</summary>
    public IReadOnlyList<PatientIdentifier> Rejoined { get; init; } = [];

    /// <summary>
    /// Whether items that look different now are owed another look: asked for in the same commit, so that it comes even when
    /// whoever files this does not live to give it.
    /// </summary>
    public bool OwesLooks { get; init; } = true;

    /// <summary>Why its outbox row is kept instead of removed; null when the item has its outcome.</summary>
    public GivenUp? GivenUp { get; init; }
}
