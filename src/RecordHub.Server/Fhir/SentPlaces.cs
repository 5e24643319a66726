using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;

namespace RecordHub.Server.Fhir;

/// <summary>
/// Where what was sent came to be. It reads the item once more, as filing did: what an entry became follows from the
/// content and from the case of its record, and from nothing else.
/// </summary>
/// <remarks>
/// Read whatever the token may see: one who only submits hears where it went, and only a reader is shown the content.
/// </remarks>
internal sealed class SentPlaces(IResourceStore resources, IBlobStore blobs, ICaseStore cases)
{
    /// <summary>The item as its sender counts it; null when it is no FHIR.</summary>
    public async Task<SentContent?> ReadAsync(ReceivedItem item, CancellationToken cancellationToken)
    {
        if (item.Kind is not (ContentKind.FhirJson or ContentKind.FhirXml or ContentKind.FhirNdjson))
        {
            return null;
        }

        await using Stream content = await blobs.OpenAsync(item, cancellationToken);
        return SentContent.Read(item.Kind, content, NormalizationContext.Of(item));
    }

    /// <summary>The resource that an entry became; null when it became none, or several.</summary>
    public async Task<SentPlace?> FindAsync(
        SentEntry entry, IReadOnlyList<HeldRecord> records, CancellationToken cancellationToken)
    {
        foreach (SentShare share in entry.IsSeveral ? [] : entry.Shares)
        {
            HeldRecord? record = records.FirstOrDefault(record => record.Id.Part == share.Part);
            if (record is { State: RecordState.Filed } && await PlaceAsync(share, record.Case, cancellationToken) is { } place)
            {
                return place;
            }
        }

        return null;
    }

    /// <summary>A resource by its name; null when there is none, or no longer.</summary>
    public async Task<SentPlace?> ReadAsync(string type, string id, CancellationToken cancellationToken) =>
        await resources.ReadAsync(type, id, AccessScope.All, cancellationToken) is { Deleted: false } version
            ? new SentPlace($"{type}/{id}/_history/{version.Version}", version)
            : null;

    private async Task<SentPlace?> PlaceAsync(SentShare share, CaseNumber number, CancellationToken cancellationToken)
    {
        if (share.Key is null)
        {
            return await cases.FindAsync(number, AccessScope.All, cancellationToken) is { } file
                ? await ReadAsync(share.Type, file.Patient.Id, cancellationToken)
                : null;
        }

        string id = ResourceId.Of(number, share.Type, share.Key);
        return share.Type == "Binary" && await resources.FindBinaryAsync(id, AccessScope.All, cancellationToken) is not null
            ? new SentPlace($"Binary/{id}", null)
            : await ReadAsync(share.Type, id, cancellationToken);
    }
}
