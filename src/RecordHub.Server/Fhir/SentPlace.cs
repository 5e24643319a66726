using RecordHub.Core.Resources;

namespace RecordHub.Server.Fhir;

/// <summary>Where something that was sent came to be.</summary>
/// <param name="Location">Its address below the service root.</param>
/// <param name="Version">The resource; null for bytes, which have no versions.</param>
internal sealed record SentPlace(string Location, ResourceVersion? Version)
{
    public string? ETag => Version is null ? null : FhirAnswer.ETag(Version.Version);

    /// <summary>The type only: the version holds a resource.</summary>
    public override string ToString() => nameof(SentPlace);
}
