using RecordHub.Core.Inbox;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Cases;

/// <summary>Everything that a case holds at one moment, in an order that does not depend on how it came.</summary>
public sealed record CaseContent
{
    /// <summary>The case.</summary>
    public required CaseFile File { get; init; }

    /// <summary>
    /// What was filed, ordered by type and id: without what RecordHub itself makes of a case (its Patient, ServiceRequest
    /// and Task, Provenance, and earlier packages).
    /// </summary>
    public required IReadOnlyList<ResourceVersion> Filed { get; init; }

    /// <summary>The Binaries, ordered by id.</summary>
    public required IReadOnlyList<StoredBinary> Binaries { get; init; }

    /// <summary>The DICOM instances, ordered by study, series, SOP Instance UID and data set.</summary>
    public required IReadOnlyList<StoredInstance> Instances { get; init; }

    /// <summary>Held records that suggest this case: each content once.</summary>
    public required IReadOnlyList<HeldRecord> Held { get; init; }

    /// <summary>What came for this case and nobody can read: each content once, ordered by content.</summary>
    public required IReadOnlyList<HeldRecord> Unreadable { get; init; }

    /// <summary>Filed records of which something could not be read: each content once, ordered by content.</summary>
    public IReadOnlyList<HeldRecord> PartlyRead { get; init; } = [];

    /// <summary>
    /// Filed records that name no patient themselves, so that only somebody's word puts them here: each content once.
    /// Without those of FHIR resources (<see cref="NamelessResources"/>).
    /// </summary>
    public IReadOnlyList<HeldRecord> Nameless { get; init; } = [];

    /// <summary>FHIR resources (<c>Type/id</c>) that no record brought but such as name no patient.</summary>
    public IReadOnlySet<string> NamelessResources { get; init; } = new HashSet<string>();

    /// <summary>The type only: the members name a patient.</summary>
    public override string ToString() => nameof(CaseContent);
}
