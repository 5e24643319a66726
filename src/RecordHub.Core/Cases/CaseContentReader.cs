using RecordHub.Core.Access;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Cases;

/// <summary>Collects everything that a case holds.</summary>
public sealed class CaseContentReader(IResourceStore resources, IInstanceStore instances, IItemStore items)
{
    private const int PageSize = 500;

    /// <summary>Reads the case's content. Studies are built from their instances, so that they are never behind.</summary>
    public async Task<CaseContent> ReadAsync(CaseFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        IReadOnlyList<ResourceVersion> all = await resources.ListCaseAsync(file.Number, cancellationToken);
        List<ResourceVersion> filed = [.. all.Where(one => !one.Deleted && IsFiled(one, file))];
        IReadOnlyDictionary<string, int> counts = await instances.CountByStudyAsync(file.Number, cancellationToken);
        List<StoredInstance> held = [];
        foreach (string uid in counts.Keys.Order(StringComparer.Ordinal))
        {
            StudyKey key = new(file.Number, uid);
            IReadOnlyList<StoredInstance> study = await instances.ReadStudyAsync(key, cancellationToken);
            held.AddRange(study);
            Replace(filed, ImagingStudyBuilder.Build(key, study));
        }

        if (held.Count > 0)
        {
            Replace(filed, ImagingStudyBuilder.Endpoint(file.Number));
        }

        IReadOnlyList<StoredBinary> binaries = await resources.ListBinariesAsync(file.Number, cancellationToken);
        IReadOnlyList<HeldRecord> records = await FindAsync(
            file, filed.Select(one => one.RecordId).Concat(held.Select(one => one.RecordId)).Concat(binaries.Select(one => one.RecordId)),
            cancellationToken);
        Attestation attested = Attestation.Of(file.Number, all, records);
        return new CaseContent
        {
            File = file,
            Filed = [.. filed.OrderBy(one => one.Type, StringComparer.Ordinal).ThenBy(one => one.Id, StringComparer.Ordinal)],
            Binaries = binaries,
            Instances = held,
            Held = await ListAsync(
                file, RecordState.Held, record => record.SuggestedCases.Contains(file.Number), cancellationToken),
            Unreadable = await ListAsync(
                file, RecordState.Rejected, record => record.Item.Source.Case == file.Number && record.Reason != "rejected",
                cancellationToken),
            PartlyRead = Sorted(records.Where(one => one.Losses.Count > 0)),
            Nameless = Sorted(records.Where(one => one.Claim.NamesNobody && !attested.Records.Contains((one.Item.Content, one.Id.Part)))),
            NamelessResources = attested.Nameless,
        };
    }

    /// <summary>What the case holds, without its content.</summary>
    public async Task<CaseHoldings> ReadHoldingsAsync(CaseFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        IReadOnlyList<ResourceVersion> all = await resources.ListCaseAsync(file.Number, cancellationToken);
        return new CaseHoldings(
            file,
            all.Where(one => !one.Deleted && one.RecordId is not null && IsFiled(one, file))
                .Select(one => $"{one.Type}/{one.Id}").ToHashSet(StringComparer.Ordinal),
            await instances.CountByStudyAsync(file.Number, cancellationToken));
    }

    private static IReadOnlyList<HeldRecord> Sorted(IEnumerable<HeldRecord> records) =>
        [.. records.DistinctBy(record => (record.Item.Content, record.Id.Part))
            .OrderBy(record => record.Item.Content.ToString(), StringComparer.Ordinal).ThenBy(record => record.Id.Part)];

    // Patient, ServiceRequest and Task of the case, Provenance, and the resources of packages are ours.
    private static bool IsFiled(ResourceVersion one, CaseFile file) => one.Type != "Provenance"
        && (one.RecordId is not null || one.Type is "ImagingStudy" or "Endpoint")
        && one.Id != file.Patient.Id;

    private static void Replace(List<ResourceVersion> filed, StoredResource? built)
    {
        if (built is null)
        {
            return;
        }

        filed.RemoveAll(one => one.Type == built.Type && one.Id == built.Id);
        filed.Add(new ResourceVersion
        {
            Type = built.Type,
            Id = built.Id,
            Version = 1,
            LastUpdated = default,
            Deleted = false,
            Case = built.Case,
            PatientId = built.PatientId,
            Json = built.Json,
        });
    }

    // The records in the case that these ids are of.
    private async Task<IReadOnlyList<HeldRecord>> FindAsync(
        CaseFile file, IEnumerable<string?> recordIds, CancellationToken cancellationToken)
    {
        List<HeldRecord> found = [];
        foreach (ItemId[] some in recordIds.Where(text => text is not null).Distinct(StringComparer.Ordinal)
            .Select(text => RecordId.TryParse(text, out RecordId id) ? id.Item : default).Distinct().Chunk(PageSize))
        {
            found.AddRange((await items.FindRecordsAsync(some, AccessScope.Of(file.Tenant), cancellationToken))
                .Where(one => one.State == RecordState.Filed && one.Case == file.Number));
        }

        return found;
    }

    private async Task<IReadOnlyList<HeldRecord>> ListAsync(
        CaseFile file, RecordState state, Func<HeldRecord, bool> wanted, CancellationToken cancellationToken)
    {
        List<HeldRecord> found = [];
        RecordId? after = null;
        while (await items.ListRecordsAsync(
            state, AccessScope.Of(file.Tenant), after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            found.AddRange(page.Where(wanted));
            if (page.Count < PageSize)
            {
                break;
            }

            after = page[^1].Id;
        }

        return Sorted(found);
    }
}
