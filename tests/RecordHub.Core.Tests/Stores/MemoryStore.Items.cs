using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;

namespace RecordHub.Core.Tests.Stores;

internal sealed partial class MemoryStore : IItemStore
{
    private readonly Dictionary<ItemId, StoredItem> _items = [];
    private readonly Dictionary<ItemId, Filing> _filings = [];

    /// <summary>Runs before each save of a filing: somebody else gets in between.</summary>
    public Action? BeforeSave { get; set; }

    public ValueTask<Receipt> ReceiveAsync(ReceivedItem item, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            StoredItem? same = _items.Values.FirstOrDefault(one => one.Received.Content == item.Content
                && one.Received.Source.Case == item.Source.Case && one.Received.Source.Tenant == item.Source.Tenant);
            if (same is not null)
            {
                return ValueTask.FromResult<Receipt>(new Receipt.Known(same.Received.Id, false));
            }

            StoredItem? other = item.SopInstanceUid is null ? null : _items.Values.FirstOrDefault(one =>
                one.Received.SopInstanceUid == item.SopInstanceUid && one.Received.Content != item.Content
                && one.Received.Source.Tenant == item.Source.Tenant);
            _items.Add(item.Id, new StoredItem(item, 1, other?.Received.Id, []));
            return ValueTask.FromResult<Receipt>(other is null ? new Receipt.New() : new Receipt.NewInConflict(other.Received.Id));
        }
    }

    public Task<IReadOnlyList<StoredItem>> FindAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<StoredItem>>([.. ids.Where(_items.ContainsKey).Select(id => _items[id])]);
        }
    }

    public Task<IReadOnlyList<FilingChange?>> SaveAsync(IReadOnlyList<Filing> filings, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FilingChange?>>([.. filings.Select(Save)]);

    private FilingChange? Save(Filing filing)
    {
        Action? before = BeforeSave;
        BeforeSave = null;
        before?.Invoke();
        lock (_lock)
        {
            StoredItem item = _items[filing.Item];
            if (item.Revision != filing.ExpectedRevision || filing.Links.Any(link =>
                _links.TryGetValue(KeyOf(link), out IdentifierLink? known) && known.PatientId != link.PatientId))
            {
                return null;
            }

            _items[filing.Item] = item with { Revision = item.Revision + 1 };
            IReadOnlyList<IdentifierLink> former = _filings.GetValueOrDefault(filing.Item)?.Links ?? [];
            _filings[filing.Item] = filing;
            IdentifierLink[] learnt = [.. filing.Links.Where(link => _links.TryAdd(KeyOf(link), link))];
            IdentifierLink[] forgotten = [.. former.Where(link => !_filings.Values
                .Any(one => one.Links.Any(other => other.Identifier == link.Identifier)) && Forget(link))];
            Save([.. _cases.Values.Where(file => learnt.Concat(forgotten).Any(link => link.PatientId == file.Patient.Id))
                .Select(file => CaseResources.Patient(Whole(file).Patient))]);
            return new FilingChange(
                [.. learnt.Select(link => link.Identifier)], [.. forgotten.Select(link => link.Identifier)]);
        }
    }

    public Task<IReadOnlyList<PackageArrival>> ListArrivalsAsync(
        CaseNumber number, DateTimeOffset after, int count, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<PackageArrival>>(
            [
                .. _filings.Values.Where(filing => filing.Records.Any(record => record.Case == number))
                    .Select(filing => new PackageArrival(_items[filing.Item].Received.ReceivedAt, null))
                    .Where(arrival => arrival.ReceivedAt > after).Take(count),
            ]);
        }
    }

    public Task<IReadOnlyList<HeldCopy>> FindCopiesAsync(
        string sopInstanceUid, Tenant tenant, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<HeldCopy>>(
            [
                .. _items.Values.Where(item => item.Received.SopInstanceUid == sopInstanceUid
                        && item.Received.Source.Tenant == tenant)
                    .Select(item => new HeldCopy(item.Received.Blob, item.Received.Length, IsTurnedDown(item.Received.Id))),
            ]);
        }
    }

    public Task<bool> HoldsAsync(ContentHash blob, Tenant tenant, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_items.Values.Any(
                one => one.Received.Blob == blob && one.Received.Source.Tenant == tenant));
        }
    }

    public Task<IReadOnlyList<HeldRecord>> FindRecordsAsync(
        IReadOnlyCollection<ItemId> ids, AccessScope scope, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<HeldRecord>>(
            [
                .. ids.Where(_filings.ContainsKey).SelectMany(id => _filings[id].Records).Select(Current)
                    .Where(one => Sees(scope, one)),
            ]);
        }
    }

    public Task<IReadOnlyList<HeldRecord>> ListRecordsAsync(
        RecordState state, AccessScope scope, RecordId? after, int count, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            IEnumerable<HeldRecord> all = _filings.Values.SelectMany(one => one.Records).Where(one => one.State == state && Sees(scope, one))
                .OrderBy(one => one.Id.ToString(), StringComparer.Ordinal).Select(Current);
            return Task.FromResult<IReadOnlyList<HeldRecord>>([.. all.Where(one => after is null
                || string.CompareOrdinal(one.Id.ToString(), after.ToString()) > 0).Take(count)]);
        }
    }

    public Task<IReadOnlyList<ItemId>> FindCarriersAsync(
        IReadOnlyList<PatientIdentifier> identifiers, Tenant tenant, bool alsoFiled, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<ItemId>>(
            [
                .. _filings.Values.SelectMany(filing => filing.Records)
                    .Where(record => (record.State is RecordState.Held or RecordState.Ignored || (alsoFiled && record.State == RecordState.Filed))
                        && record.Item.Source.Tenant == tenant
                        && Identifiers.Carried(record.Claim).Any(identifiers.Contains))
                    .Select(record => record.Id.Item).Distinct().OrderBy(id => id.ToString(), StringComparer.Ordinal),
            ]);
        }
    }

    public Task<bool> AnyOfStudyElsewhereAsync(
        string studyInstanceUid, CaseNumber number, Tenant tenant, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_filings.Values.SelectMany(filing => filing.Records).Any(record =>
                record.StudyInstanceUid == studyInstanceUid && record.Item.Source.Tenant == tenant && !record.Claim.NamesNobody
                && !(record.State == RecordState.Filed && record.Case == number)));
        }
    }

    public Task<bool> AnyHeldAsync(string reason, CaseNumber suggested, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_filings.Values.SelectMany(filing => filing.Records).Any(record =>
                record.State == RecordState.Held && record.Reason == reason && record.SuggestedCases.SequenceEqual([suggested])));
        }
    }

    public Task<IReadOnlyList<IdentifierLink>> FindOwnLinksAsync(ItemId item, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<IdentifierLink>>(_filings.TryGetValue(item, out Filing? filing)
                ? [.. filing.Links.Where(link => _links.GetValueOrDefault(KeyOf(link)) is { Because: not "case" }
                    && !_filings.Values.Any(one => one.Item != item && one.Links.Any(other => other.Identifier == link.Identifier)))]
                : []);
        }
    }

    public Task<IReadOnlyList<HeldRecord>> FindByReasonAsync(
        IReadOnlyList<PatientIdentifier> identifiers, IReadOnlyList<string> reasons, Tenant tenant, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<HeldRecord>>(
            [
                .. _filings.Values.SelectMany(filing => filing.Records).Where(record => reasons.Contains(record.Reason)
                    && record.State is RecordState.Filed or RecordState.Ignored && record.Item.Source.Tenant == tenant
                    && Identifiers.Issued(record.Claim.Identifiers).Any(identifiers.Contains)),
            ]);
        }
    }

    public Task<IReadOnlyList<IdentifierLink>> FindLinksOfReasonAsync(
        IReadOnlyList<PatientIdentifier> identifiers, string reason, Tenant tenant, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<IdentifierLink>>(
            [
                .. _links.Where(pair => pair.Key.Tenant == tenant && identifiers.Contains(pair.Key.Identifier)).Select(pair => pair.Value)
                    .Where(link => link.Because != "case" && _filings.Values
                        .Where(filing => filing.Links.Any(other => other.Identifier == link.Identifier))
                        .All(filing => filing.Records.All(record => record.Reason == reason))),
            ]);
        }
    }

    public Task<bool> DecideAsync(InboxDecision decision, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            StoredItem item = _items[decision.Record.Item];
            if (item.Revision != decision.ExpectedRevision)
            {
                return Task.FromResult(false);
            }

            _items[decision.Record.Item] = item with
            {
                Revision = item.Revision + 1,
                Decisions = [.. item.Decisions, decision],
            };
            return Task.FromResult(true);
        }
    }

    private bool Forget(IdentifierLink link) =>
        _links.GetValueOrDefault(KeyOf(link)) is { Because: not "case" } && _links.Remove(KeyOf(link));

    private static bool Sees(AccessScope scope, HeldRecord record) => scope.Sees(record.Case, record.Item.Source.Tenant);

    private HeldRecord Current(HeldRecord record) => record with { Revision = _items[record.Id.Item].Revision };

    private bool IsTurnedDown(ItemId id) => _filings.TryGetValue(id, out Filing? filing)
        && filing.Records.All(record => record.State is RecordState.Rejected or RecordState.Ignored);
}
