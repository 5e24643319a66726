using RecordHub.Core.Inbox;
using RecordHub.Core.Resources;
using RecordHub.Server.Security;

namespace RecordHub.Server.Fhir;

/// <summary>Where something that was sent came to be.</summary>
/// <param name="Location">Its address below the service root.</param>
/// <param name="Version">The resource; null for bytes, which have no versions.</param>
internal sealed record SentPlace(string Location, ResourceVersion? Version)
{
    public string? ETag => Version is null ? null : FhirAnswer.ETag(Version.Version);

    /// <summary>
    /// Whether it was here before, of other records than these, which say the same. Only who may read is told: to others it
    /// would tell what is in the case.
    /// </summary>
    public bool IsKnownTo(FhirCall call, IReadOnlyList<HeldRecord> records) => call.Caller.May(Permission.ReadRecords)
        && Version is { RecordId: { } id } version && call.Scope.SeesType(version.Type) && records.All(record => record.Id.ToString() != id);

    /// <summary>The type only: the version holds a resource.</summary>
    public override string ToString() => nameof(SentPlace);
}
