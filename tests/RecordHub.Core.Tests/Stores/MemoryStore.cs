using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Tests.Stores;

/// <summary>All that the desks remember, in memory, with the same promises as the real stores. One writer at a time.</summary>
internal sealed partial class MemoryStore : ICaseStore, IPackageStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CaseNumber, CaseFile> _cases = [];
    private readonly Dictionary<(Tenant Tenant, PatientIdentifier Identifier), IdentifierLink> _links = [];
    private readonly List<PackageVersion> _packages = [];
    private long _number;

    public Task<CaseNumber> TakeNumberAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new CaseNumber(Interlocked.Increment(ref _number)));

    public Task<bool> CreateAsync(
        CaseFile file, IReadOnlyList<StoredResource> resources, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (file.Patient.Identifiers.Any(one => _links.TryGetValue((file.Tenant, one), out IdentifierLink? link)
                && link.PatientId != file.Patient.Id))
            {
                return Task.FromResult(false);
            }

            foreach (PatientIdentifier one in file.Patient.Identifiers)
            {
                _links.TryAdd((file.Tenant, one), new IdentifierLink(one, file.Patient.Id, "case"));
            }

            _cases.Add(file.Number, file);
            Save(resources);
            return Task.FromResult(true);
        }
    }

    public Task<CaseFile?> FindAsync(CaseNumber number, AccessScope scope, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_cases.TryGetValue(number, out CaseFile? file) && scope.Sees(number, file.Tenant) ? Whole(file) : null);
        }
    }

    public Task<IReadOnlyList<CaseFile>> ListAsync(
        CaseNumber after, int count, AccessScope scope, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<CaseFile>>([.. _cases.Values
                .Where(one => one.Number.Value > after.Value && scope.Sees(one.Number, one.Tenant))
                .OrderBy(one => one.Number.Value).Take(count).Select(Whole)]);
        }
    }

    public Task<IReadOnlyList<CaseFile>> FindByIdentifiersAsync(
        IReadOnlyList<PatientIdentifier> identifiers, Tenant tenant, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            HashSet<string> patients = [.. identifiers.Where(one => _links.ContainsKey((tenant, one)))
                .Select(one => _links[(tenant, one)].PatientId)];
            return Task.FromResult<IReadOnlyList<CaseFile>>(
                [.. _cases.Values.Where(one => patients.Contains(one.Patient.Id)).Select(Whole)]);
        }
    }

    public Task<IReadOnlyList<CaseFile>> FindByKeysAsync(
        IReadOnlyList<string> keys, int count, Tenant tenant, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<CaseFile>>([.. _cases.Values.Where(one => one.Tenant == tenant).Select(Whole)
                .Where(one => BlockingKeys.Of(Person.Of(one.Patient, MatchWeights.BuiltIn)).Any(keys.Contains)).Take(count)]);
        }
    }

    public Task<CasePatient?> FindPatientAsync(
        PatientIdentifier identifier, Tenant tenant, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_links.TryGetValue((tenant, identifier), out IdentifierLink? link)
                ? _cases.Values.Where(one => one.Patient.Id == link.PatientId).Select(one => Whole(one).Patient).First() : null);
        }
    }

    public Task<CasePatient?> FindPatientAsync(string id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_cases.Values.Where(one => one.Patient.Id == id).Select(one => Whole(one).Patient).FirstOrDefault());
        }
    }

    /// <summary>Links that a person took back.</summary>
    public List<IdentifierLink> TakenBack { get; } = [];

    public Task<IReadOnlyList<IdentifierLink>> FindTakenBackAsync(
        IReadOnlyList<PatientIdentifier> identifiers, Tenant tenant, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IdentifierLink>>([.. TakenBack.Where(link => identifiers.Contains(link.Identifier))]);

    public Task<bool> UpdateAsync(
        CaseFile file, IReadOnlyList<StoredResource> resources, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_cases[file.Number].Revision != file.Revision)
            {
                return Task.FromResult(false);
            }

            _cases[file.Number] = file with { Revision = file.Revision + 1 };
            Save(resources);
            return Task.FromResult(true);
        }
    }

    public Task<bool> SaveAsync(
        PackageVersion version, IReadOnlyList<StoredResource> resources, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_packages.Any(one => one.Case == version.Case && one.Version == version.Version))
            {
                return Task.FromResult(false);
            }

            _packages.Add(version);
            Save(resources);
            return Task.FromResult(true);
        }
    }

    public Task<PackageVersion?> FindAsync(
        CaseNumber number, int? version, AccessScope scope, CancellationToken cancellationToken) =>
        Task.FromResult(_packages.LastOrDefault(one => Sees(scope, one) && one.Case == number && (version is null || one.Version == version)));

    public Task<IReadOnlyList<PackageVersion>> ListAsync(
        CaseNumber number, AccessScope scope, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PackageVersion>>([.. _packages.Where(one => Sees(scope, one) && one.Case == number)]);

    private bool Sees(AccessScope scope, PackageVersion version) => scope.Sees(version.Case, _cases[version.Case].Tenant);

    private (Tenant Tenant, PatientIdentifier Identifier) KeyOf(IdentifierLink link) =>
        (_cases.Values.First(file => file.Patient.Id == link.PatientId).Tenant, link.Identifier);

    private CaseFile Whole(CaseFile file) => file with
    {
        Patient = file.Patient with
        {
            Identifiers = Identifiers.Issued(
                _links.Values.Where(link => link.PatientId == file.Patient.Id).Select(link => link.Identifier)),
        },
    };
}
